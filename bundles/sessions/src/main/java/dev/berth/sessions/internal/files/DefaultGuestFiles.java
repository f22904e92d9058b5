/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal.files;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.SessionException;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.images.tar.TarWriter;
import dev.berth.sessions.SessionManager;
import dev.berth.sessions.files.GuestFile;
import dev.berth.sessions.files.GuestFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves tar streams through commands that run in the guest. */
@Component(service = GuestFiles.class)
public final class DefaultGuestFiles implements GuestFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultGuestFiles.class);

    private static final String HIDDEN = ".berth-part-";

    private static final String HOME = """
            if [ -n "$HOME" ] && [ -O "$HOME" ]; then cd "$HOME" && pwd; exit; fi
            while IFS=: read -r name x uid gid words home shell; do
              if [ "$uid" = "$(id -u)" ]; then cd "$home" && pwd; exit; fi
            done < /etc/passwd
            echo /
            """;

    private static final String DESKTOP = """
            cd -- "$1" || exit
            found=$(HOME=$1 xdg-user-dir DESKTOP 2> /dev/null)
            case $found in "$1" | '') found=$1/Desktop ;; esac
            mkdir -p -- "$found" && cd -- "$found" && pwd
            """;

    /** Each argument after the first two is a name under the hidden folder. */
    private static final String KEEP = """
            cd -- "$1" || exit
            part=$2; shift 2
            for name; do
              if [ -d "$part/$name" ] && [ ! -L "$part/$name" ]; then
                if [ -d "./$name" ]; then
                  cp -a "$part/$name/." "./$name/" || exit
                  continue
                elif [ -e "./$name" ] || [ -L "./$name" ]; then
                  echo "$name is no folder" >&2; exit 1
                fi
              elif [ -d "./$name" ]; then
                echo "$name is a folder" >&2; exit 1
              fi
              mv -f "$part/$name" "./$name" || exit
            done
            """;

    private final SessionManager sessions;

    /** For the framework. */
    @Activate
    public DefaultGuestFiles(@Reference SessionManager sessions) {
        this.sessions = sessions;
    }

    @Override
    public String home(String session, TaskContext context) throws BerthException, InterruptedException {
        return line(new GuestShell(sessions, session, context).run(context, HOME));
    }

    @Override
    public String desktop(String session, TaskContext context) throws BerthException, InterruptedException {
        GuestShell shell = new GuestShell(sessions, session, context);
        return line(shell.run(context, DESKTOP, line(shell.run(context, HOME))));
    }

    private static String line(byte[] output) {
        return new String(output, StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public List<GuestFile> list(String session, String folder, TaskContext context)
            throws BerthException, InterruptedException {
        return Listing.parse(new GuestShell(sessions, session, context).run(context, Listing.SCRIPT, folder));
    }

    @Override
    public int copyIn(String session, Map<Path, String> files, String folder, TaskContext context)
            throws BerthException, InterruptedException {
        checkNames(files.values());
        HostFiles source = new HostFiles(context);
        GuestShell shell = new GuestShell(sessions, session, context);
        String part = HIDDEN + UUID.randomUUID();
        try {
            context.progress().start(source.count(files.keySet()), Unit.BYTES, String.join(", ", files.values()));
            int leftOut = shell.talk(
                    context,
                    "cd -- \"$1\" && mkdir -- \"$2\" && tar -xf - -C \"$2\" -o",
                    List.of(folder, part),
                    process -> {
                        try (BufferedOutputStream out = new BufferedOutputStream(process.stdin(), 1 << 16)) {
                            return source.write(files, new TarWriter(out));
                        }
                    });
            List<String> arguments = new ArrayList<>(List.of(folder, part));
            arguments.addAll(files.values());
            shell.run(context, KEEP, arguments.toArray(String[]::new));
            return leftOut;
        } catch (IOException e) {
            throw new SessionException("session.files", "The files cannot be read: " + e.getMessage(), e);
        } finally {
            removeInGuest(shell, folder, part);
        }
    }

    /** Also when the copy was cancelled: hence without its context, and with the interrupt kept for later. */
    private static void removeInGuest(GuestShell shell, String folder, String part) {
        boolean interrupted = Thread.interrupted();
        try {
            shell.run(TaskContext.silent(), "cd -- \"$1\" && rm -rf -- \"$2\"", folder, part);
        } catch (BerthException e) {
            LOG.warn("{}/{} is left in the guest: {}", folder, part, e.summary());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int copyOut(String session, String folder, Map<String, String> files, Path target, TaskContext context)
            throws BerthException, InterruptedException {
        checkNames(files.keySet());
        checkNames(files.values());
        GuestShell shell = new GuestShell(sessions, session, context);
        List<String> arguments = new ArrayList<>(List.of(folder));
        files.keySet().forEach(name -> arguments.add("./" + name));
        String all = String.join(", ", files.values());
        context.progress().start(0, Unit.BYTES, all);
        context.progress().start(size(shell, arguments, context), Unit.BYTES, all);
        try {
            Path part = Files.createTempDirectory(target, HIDDEN);
            try {
                ReceivedFiles received = new ReceivedFiles(part, context);
                int leftOut =
                        shell.talk(context, "cd -- \"$1\" && shift && tar -cf - -- \"$@\"", arguments, process -> {
                            process.stdin().close();
                            return received.unpack(process.stdout());
                        });
                context.checkCancelled();
                received.moveTo(target, files);
                return leftOut;
            } finally {
                remove(part);
            }
        } catch (IOException e) {
            throw new SessionException("session.files", "The files cannot be written: " + e.getMessage(), e);
        }
    }

    /** About how many bytes there are to come; 0 when the guest cannot tell. */
    private static long size(GuestShell shell, List<String> arguments, TaskContext context)
            throws BerthException, InterruptedException {
        byte[] output = shell.run(
                context,
                "cd -- \"$1\" && shift && du -sk -- \"$@\" 2> /dev/null; exit 0",
                arguments.toArray(String[]::new));
        long kibibytes = 0;
        for (String line : new String(output, StandardCharsets.UTF_8).split("\n")) {
            String number = line.split("\t", 2)[0];
            if (number.matches("\\d{1,15}")) {
                kibibytes += Long.parseLong(number);
            }
        }
        return kibibytes << 10;
    }

    private static void checkNames(Iterable<String> names) throws SessionException {
        for (String name : names) {
            if (!ReceivedFiles.isName(name)) {
                throw new SessionException(
                        "session.files.name", "No file can be called \u201c" + name + "\u201d.", null);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }
}
