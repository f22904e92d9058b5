/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import dev.berth.api.task.OnWorker;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Answers a display server that wants to know who is there. */
@FunctionalInterface
@ConsumerType
public interface Credentials {

    /** Knows nothing. */
    Credentials NONE = (realm, needUser) -> Optional.empty();

    /**
     * Asks for a name and password.
     *
     * @param realm what asks, for a person
     * @param needUser whether a user name is wanted too
     * @return empty when there are none
     */
    @OnWorker
    Optional<Login> ask(String realm, boolean needUser) throws InterruptedException;

    /**
     * Asks whether a server that nothing on this machine vouches for is the right one. Nothing secret has been sent to
     * it so far, and nothing will be unless the answer is yes.
     *
     * @return whether to go on; no unless somebody says so
     */
    @OnWorker
    default boolean trust(ServerKey key) throws InterruptedException {
        return false;
    }

    /**
     * A name and a password.
     *
     * @param user empty when only a password is wanted
     */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }
}
