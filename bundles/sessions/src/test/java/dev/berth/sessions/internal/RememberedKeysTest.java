/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.ServerKey;
import dev.berth.api.display.ServerKey.Doubt;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.internal.JsonSettingsStore;
import dev.berth.platform.settings.SettingsStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedKeysTest {

    private final List<ServerKey> asked = new ArrayList<>();
    private boolean answer = true;

    @TempDir
    Path home;

    private SettingsStore settings;
    private Credentials keys;

    @BeforeEach
    void open() {
        settings = new JsonSettingsStore(new BerthHome(home));
        keys = new RememberedKeys(person, settings);
    }

    private Map<String, Object> page() {
        return settings.page(RememberedKeys.PAGE);
    }

    private final Credentials person = new Credentials() {
        @Override
        public Optional<Login> ask(String realm, boolean needUser) {
            return Optional.of(new Login("me", realm));
        }

        @Override
        public boolean trust(ServerKey key) {
            asked.add(key);
            return answer;
        }
    };

    private static ServerKey key(String realm, String fingerprint) {
        return new ServerKey(realm, "CN=x", fingerprint, "", EnumSet.of(Doubt.UNKNOWN_ISSUER));
    }

    @Test
    void aTrustedKeyIsAskedAboutOnce() throws Exception {
        assertThat(keys.trust(key("host:1", "SHA256:aa"))).isTrue();
        assertThat(keys.trust(key("host:1", "SHA256:aa"))).isTrue();
        assertThat(asked).hasSize(1);
        assertThat(keys.trust(key("host:2", "SHA256:aa"))).isTrue();
        assertThat(asked).hasSize(2);
    }

    @Test
    void anotherKeyAtTheSameAddressIsADoubtMore() throws Exception {
        keys.trust(key("host:1", "SHA256:aa"));
        answer = false;
        assertThat(keys.trust(key("host:1", "SHA256:bb"))).isFalse();
        assertThat(asked.get(1).doubts()).contains(Doubt.CHANGED, Doubt.UNKNOWN_ISSUER);
        assertThat(page()).containsEntry("host:1", "SHA256:aa");
        answer = true;
        assertThat(keys.trust(key("host:1", "SHA256:bb"))).isTrue();
        assertThat(page()).containsEntry("host:1", "SHA256:bb");
    }

    @Test
    void aRefusedKeyIsAskedAboutAgainAndPasswordsAreNotKept() throws Exception {
        answer = false;
        assertThat(keys.trust(key("host:1", "SHA256:aa"))).isFalse();
        assertThat(keys.trust(key("host:1", "SHA256:aa"))).isFalse();
        assertThat(asked).hasSize(2);
        assertThat(keys.ask("host:1", false)).contains(new Credentials.Login("me", "host:1"));
        assertThat(page()).isEmpty();
    }
}
