/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.share.FileShareServer;
import dev.berth.api.share.ListenAddress;
import dev.berth.api.share.ServeSpec;
import dev.berth.api.share.ServedFolder;
import dev.berth.api.task.TaskContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth share …}. */
@picocli.CommandLine.Command(name = "share", synopsisSubcommandLabel = "COMMAND", description = "Shared folders.")
final class ShareCommands {

    static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("serve", Serve::new);
        return all;
    }

    @picocli.CommandLine.Command(name = "serve", description = "Serves a folder until interrupted.")
    static final class Serve extends Command {
        @Parameters(paramLabel = "DIR", description = "The folder.")
        Path folder = Path.of("");

        @Option(
                names = "--listen",
                paramLabel = "ADDRESS",
                required = true,
                description = "unix:/path or tcp:127.0.0.1:PORT.")
        String listen = "";

        @Option(names = "--ro", description = "Refuses every change.")
        boolean readOnly;

        @Override
        int run() throws BerthException, InterruptedException {
            ListenAddress address;
            try {
                address = ListenAddress.parse(listen);
            } catch (IllegalArgumentException e) {
                throw invalid("usage", StartOptions.sentence(e), "See --help.");
            }
            FileShareServer server = services().shareServers().stream()
                    .findFirst()
                    .orElseThrow(() -> new BerthException(
                            "share.server",
                            ErrorKind.FAILED,
                            "No plugin that serves folders is there.",
                            "",
                            Remedy.advice("Install the plugin share-9p."),
                            null));
            ServeSpec spec = new ServeSpec(folder.toAbsolutePath().normalize(), address, readOnly);
            try (ServedFolder served = server.serve(spec, TaskContext.silent())) {
                console()
                        .result(
                                Json.object(
                                        "address",
                                        served.address().toString(),
                                        "secret",
                                        served.secret(),
                                        "mount",
                                        served.mountCommand()),
                                "Serving " + spec.folder() + " at " + served.address() + "\n" + served.mountCommand());
                new CountDownLatch(1).await();
                return 0;
            }
        }
    }
}
