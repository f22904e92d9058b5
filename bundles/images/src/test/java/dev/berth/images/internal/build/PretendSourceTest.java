/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.testkit.rootfs.RootfsSourceContract;

/** The source that the tests of the builder rely on keeps the contract. */
class PretendSourceTest extends RootfsSourceContract {

    @Override
    protected RootfsSource source() {
        return new PretendSource();
    }

    @Override
    protected RootfsRequest request() {
        return RootfsRequest.of("pretend:base");
    }

    @Override
    protected RootfsReference missing() {
        return RootfsReference.parse("pretend:nowhere");
    }

    @Override
    protected String knownPath() {
        return "bin/sh";
    }
}
