/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The activator of the bundle that the tests start in place of the command line. */
public final class TestApplication implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("berth.main", true);
        context.registerService(Callable.class, (Callable<Integer>) () -> run(context), properties);
    }

    private static int run(BundleContext context) throws Exception {
        String args = context.getProperty("berth.args");
        System.out.println("args " + args);
        System.out.println("thread " + Thread.currentThread().getName());
        for (Bundle bundle : context.getBundles()) {
            System.out.println(
                    "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " " + bundle.getState());
        }
        if (args.contains("window")) {
            ServiceReference<?> window = context.getServiceReferences(Runnable.class, "(berth.window=true)")
                    .iterator()
                    .next();
            ((Runnable) context.getService(window)).run();
            for (Bundle bundle : context.getBundles()) {
                System.out.println("then " + bundle.getSymbolicName() + " " + bundle.getState());
            }
        }
        if (args.contains("fail")) {
            throw new IllegalStateException("the test asked for it");
        }
        if (args.contains("wait")) {
            try {
                Files.writeString(Path.of(context.getProperty("berth.home"), "waiting"), "");
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                System.out.println("interrupted");
                throw e;
            }
        }
        return 7;
    }

    @Override
    public void stop(BundleContext context) {
        System.out.println("stopped");
    }
}
