/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.task;

/** Something that was registered or opened and can be taken back. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Takes the registration back. Any thread; a second call does nothing; never throws a checked exception. */
    @Override
    void close();
}
