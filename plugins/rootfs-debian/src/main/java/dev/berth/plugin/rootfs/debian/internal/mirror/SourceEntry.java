/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import java.util.List;

/**
 * One suite of one archive, as an apt source names it (sources.list(5)).
 *
 * @param uri of the archive, ending in a slash
 * @param signedBy key files, or one armoured key block, or empty for the trusted keys of the host
 * @param checkValidUntil whether an index past its date is refused
 * @param optional whether it is no error that the archive has no such suite
 */
public record SourceEntry(
        String uri,
        String suite,
        List<String> components,
        List<String> signedBy,
        boolean checkValidUntil,
        boolean optional) {

    public SourceEntry {
        components = List.copyOf(components);
        signedBy = List.copyOf(signedBy);
    }

    /** The last part of the address' path: {@code debian}, {@code debian-security}, {@code ubuntu}. */
    public String archiveName() {
        String bare = uri.substring(0, uri.length() - 1);
        return bare.substring(bare.lastIndexOf('/') + 1);
    }

    SourceEntry as(String otherSuite) {
        return new SourceEntry(uri, otherSuite, components, signedBy, checkValidUntil, true);
    }
}
