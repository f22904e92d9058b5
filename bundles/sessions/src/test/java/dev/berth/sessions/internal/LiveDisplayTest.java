/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayInput;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayStatistics;
import dev.berth.api.display.ServerKey;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A display whose connection breaks. */
class LiveDisplayTest {

    private static final DisplayException LOST = new DisplayException("display.lost", "It is gone.", null);
    private static final DisplayException REFUSED = new DisplayException("display.login", "Not you.", null);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    /** What joining ends with, one after the other; none to succeed. */
    private final BlockingQueue<Optional<BerthException>> joins = new LinkedBlockingQueue<>();

    private final BlockingQueue<DisplayListener> servers = new LinkedBlockingQueue<>();

    private LiveDisplay join() throws Exception {
        joins.add(Optional.empty());
        LiveDisplay display = new LiveDisplay(
                new FrameBuffer(),
                new DisplayListener() {
                    @Override
                    public void closed(@Nullable BerthException cause) {
                        heard.add("closed " + (cause == null ? "" : cause.code()));
                    }
                },
                (sink, relay, context) -> {
                    Optional<BerthException> end = joins.take();
                    if (end.isPresent()) {
                        throw end.get();
                    }
                    servers.add(relay);
                    return new Connection(relay);
                },
                LiveDisplay::isAway,
                TaskContext.silent());
        display.onLink(new SessionDisplay.LinkListener() {
            @Override
            public void away(BerthException cause) {
                heard.add("away " + cause.code());
            }

            @Override
            public void back() {
                heard.add("back");
            }
        });
        return display;
    }

    private @Nullable String next() throws InterruptedException {
        return heard.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void comesBackWhenTheServerDoes() throws Exception {
        LiveDisplay display = join();
        servers.take().closed(LOST);
        assertThat(next()).isEqualTo("away display.lost");
        joins.add(Optional.of(LOST));
        joins.add(Optional.empty());
        display.reconnect();
        assertThat(next()).isEqualTo("back");
        display.close();
        assertThat(next()).isEqualTo("closed ");
        assertThat(heard).isEmpty();
    }

    @Test
    void whoAsksLateHearsOfTheBreak() throws Exception {
        LiveDisplay display = join();
        servers.take().closed(LOST);
        assertThat(next()).isEqualTo("away display.lost");
        BlockingQueue<String> late = new LinkedBlockingQueue<>();
        display.onLink(new SessionDisplay.LinkListener() {
            @Override
            public void away(BerthException cause) {
                late.add(cause.code());
            }

            @Override
            public void back() {}
        });
        assertThat(late).containsExactly("display.lost");
        display.close();
        assertThat(next()).isEqualTo("closed ");
    }

    @Test
    void endsWhenTheServerAnswersAndRefuses() throws Exception {
        join();
        joins.add(Optional.of(REFUSED));
        servers.take().closed(LOST);
        assertThat(List.of(String.valueOf(next()), String.valueOf(next())))
                .containsExactly("away display.lost", "closed display.login");
    }

    @Test
    void asksNobodyASecondTime() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        KeptAnswers answers = new KeptAnswers(new Credentials() {
            @Override
            public Optional<Login> ask(String realm, boolean needUser) {
                asked.incrementAndGet();
                return Optional.of(new Login("", "secret"));
            }

            @Override
            public boolean trust(ServerKey key) {
                asked.incrementAndGet();
                return true;
            }
        });
        ServerKey key = key("SHA256:00");
        assertThat(answers.trust(key)).isTrue();
        assertThat(answers.ask("host:1", false)).isPresent();
        answers.joined();
        assertThat(answers.ask("host:1", false)).contains(new Credentials.Login("", "secret"));
        assertThat(answers.trust(key)).isTrue();
        assertThat(answers.trust(key("SHA256:11"))).isFalse();
        assertThat(asked).hasValue(2);
    }

    private static ServerKey key(String fingerprint) {
        return new ServerKey("host:1", "", fingerprint, "", Set.of(ServerKey.Doubt.BARE_KEY));
    }

    private record Connection(DisplayListener listener) implements DisplayConnection {

        @Override
        public DisplayInput input() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<DisplayFeature> features() {
            return Set.of();
        }

        @Override
        public void requestSize(int width, int height) {}

        @Override
        public void offerClipboard(ClipboardOffer offer) {}

        @Override
        public void visible(boolean visible) {}

        @Override
        public DisplayStatistics statistics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            listener.closed(null);
        }
    }
}
