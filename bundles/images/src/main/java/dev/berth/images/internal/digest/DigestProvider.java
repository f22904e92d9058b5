/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.digest;

import com.sun.jna.Platform;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Makes {@link LargeSha256} what everybody in this process gets who asks Java for SHA-256: sources of root file systems
 * digest downloads themselves, and need not know.
 */
@Component(
        service = {},
        immediate = true)
public final class DigestProvider {

    private static final String NAME = "Berth";

    /** Puts the provider first. */
    @Activate
    public DigestProvider() {
        if (Platform.isLinux()) {
            install();
        }
    }

    static void install() {
        try {
            Security.insertProviderAt(
                    new Sha256(MessageDigest.getInstance("SHA-256").getProvider()), 1);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes it away. */
    @Deactivate
    public void remove() {
        Security.removeProvider(NAME);
    }

    private static final class Sha256 extends Provider {

        private static final long serialVersionUID = 1;

        Sha256(Provider java) {
            super(NAME, "1", "SHA-256 of much by OpenSSL");
            putService(
                    new Service(
                            this,
                            "MessageDigest",
                            "SHA-256",
                            LargeSha256.class.getName(),
                            List.of("SHA256"),
                            Map.of()) {
                        @Override
                        public Object newInstance(Object parameter) {
                            return new LargeSha256(java);
                        }
                    });
        }
    }
}
