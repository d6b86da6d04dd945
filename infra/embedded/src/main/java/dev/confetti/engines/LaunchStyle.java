package dev.confetti.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How an engine's program is started: in a session of its own always, and without root's identity
 * where the program insists on it (PostgreSQL does).
 *
 * <p>Every word of the prefix replaces itself by the next program, so the process that Java starts
 * is in the end the engine itself.
 *
 * @param prefix what stands before the engine's own command
 * @param owner who must own the engine's files, {@code uid:gid}, or empty: whoever we are
 */
record LaunchStyle(List<String> prefix, String owner) {
    private static final String NOBODY = "65534";

    LaunchStyle {
        prefix = List.copyOf(prefix);
    }

    /** As the user we are. */
    static LaunchStyle sameUser() {
        return new LaunchStyle(session(), "");
    }

    /** As the user we are, or as somebody else when we are root. */
    static LaunchStyle neverRoot() {
        if (!"0".equals(output("id", "-u"))) {
            return sameUser();
        }
        // In a user namespace without a mapping we are nobody, yet our own files stay ours.
        LaunchStyle namespace = new LaunchStyle(with(session(), "unshare", "-U"), "0:0");
        if (namespace.works()) {
            return namespace;
        }
        LaunchStyle nobody = nobody();
        if (nobody.works()) {
            return nobody;
        }
        throw new EngineException(
                "PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv --reuid'"
                        + " works here: start as another user, or name a server of your own with"
                        + " CONFETTI_POSTGRES_URL");
    }

    /** For containers that forbid user namespaces: a real change of user; only root can. */
    static LaunchStyle nobody() {
        return new LaunchStyle(
                with(
                        session(),
                        "setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--"),
                NOBODY + ":" + NOBODY);
    }

    /** The whole command to start. */
    List<String> command(List<String> engine) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(engine);
        return all;
    }

    /** Hands an engine's folder to the user that the engine will run as. */
    void own(Path folder) {
        if (owner.isEmpty()) {
            return;
        }
        String uid = owner.substring(0, owner.indexOf(':'));
        try {
            if (!uid.equals(String.valueOf(Files.getAttribute(folder, "unix:uid")))) {
                output("chown", "-R", owner, folder.toString());
            }
        } catch (IOException e) {
            throw new EngineException("cannot read the owner of " + folder + " (" + e + ")", e);
        }
        if (!runs(command(List.of("test", "-x", folder.toString())))) {
            throw new EngineException(
                    "PostgreSQL refuses to run as root, and user "
                            + uid
                            + " cannot reach "
                            + folder
                            + ": choose a folder that everybody can enter with --data DIR, or start"
                            + " as another user");
        }
    }

    private boolean works() {
        return runs(command(List.of("true")));
    }

    private static List<String> session() {
        if (runs(List.of("setsid", "true"))) {
            return List.of("setsid");
        }
        // macOS has no setsid program, but Perl.
        List<String> perl = List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV", "--");
        return runs(with(perl, "true")) ? perl : List.of();
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private static boolean runs(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String text =
                    new String(
                                    process.getInputStream().readAllBytes(),
                                    java.nio.charset.StandardCharsets.UTF_8)
                            .strip();
            if (process.waitFor() != 0) {
                throw new EngineException(String.join(" ", command) + " failed: " + text);
            }
            return text;
        } catch (IOException e) {
            throw new EngineException(String.join(" ", command) + " failed: " + e, e);
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }
}
