package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The signatures of revisions, as Git and Mercurial judge them. They call the programs of this machine, and ask the keys
/// that its user keeps: a repository that names a program, or whom to believe, is not asked.
final class Signatures {
    private static final Pattern GOOD_OF_GPG = Pattern.compile("(?m)^\\[GNUPG:] GOODSIG \\S+ (.*)$");
    private static final Pattern GOOD_OF_SSH = Pattern.compile("(?m)^Good \"git\" signature for (\\S+) with ");
    private static final Pattern SIGNED_BY = Pattern.compile("(?m)^[0-9a-f]+ is signed by:\\R (.*)$");
    private static final Pattern PLAIN = Pattern.compile("[\\w./-]+");

    private Signatures() {}

    /// The options that say which programs verify, and whom to believe.
    static List<String> settings(ToolPrograms programs, GitSettings settings) {
        var options = new ArrayList<String>();
        program(options, "gpg.program", programs, "gpg");
        program(options, "gpg.openpgp.program", programs, "gpg");
        program(options, "gpg.x509.program", programs, "gpgsm");
        program(options, "gpg.ssh.program", programs, "ssh-keygen");
        for (var file : List.of("gpg.ssh.allowedsignersfile", "gpg.ssh.revocationfile")) {
            options.addAll(List.of("-c", file + "=" + settings.ofUser(file)));
        }
        var trust = settings.ofUser("gpg.mintrustlevel");
        if (!trust.isEmpty()) {
            options.addAll(List.of("-c", "gpg.mintrustlevel=" + trust));
        }
        return options;
    }

    /// Where it is not installed, nothing stands in for it.
    private static void program(List<String> options, String setting, ToolPrograms programs, String name) {
        options.addAll(List.of(
                "-c", setting + "=" + programs.maybe(name).map(Path::toString).orElse("/nowhere/" + name)));
    }

    /// The program that Mercurial calls; it hands it to a shell.
    static String gpg(ToolPrograms programs, Path root) {
        return programs.maybe("gpg")
                .map(Path::toString)
                .filter(path -> PLAIN.matcher(path).matches())
                .orElseThrow(() -> new DiagnosticException(
                        RevisionFindings.notSigned(root.toString(), "cannot be verified: gpg is not on the PATH")));
    }

    static String ofGit(Path root, String id, ToolCall.Answer answer) {
        var said = answer.complaint();
        if (answer.exit() == 0) {
            for (var good : List.of(GOOD_OF_GPG, GOOD_OF_SSH)) {
                var found = good.matcher(said);
                if (found.find()) {
                    return found.group(1);
                }
            }
        }
        throw new DiagnosticException(RevisionFindings.notSigned(
                id,
                said.contains("/nowhere/")
                        ? "has a signature that cannot be verified: gpg, gpgsm or ssh-keygen is not on the PATH"
                        : said.isBlank() ? "is not signed in " + root : "has no good signature: " + reason(said)));
    }

    static String ofMercurial(Path root, String id, ToolCall.Answer answer) {
        var said = answer.text();
        var found = SIGNED_BY.matcher(said);
        // What has expired Mercurial takes, and notes it.
        if (answer.exit() == 0 && found.find() && !said.contains("Note:")) {
            return found.group(1).strip();
        }
        throw new DiagnosticException(RevisionFindings.notSigned(
                id,
                answer.exit() == 0 && said.contains("no valid signature")
                        ? "is not signed in " + root
                        : "has no good signature: " + reason(said + answer.complaint())));
    }

    /// The line that says most.
    private static String reason(String said) {
        return said.lines()
                .map(String::strip)
                .filter(line ->
                        !line.isEmpty() && !line.matches("\\[GNUPG:] (NEWSIG|KEY_CONSIDERED|ERRSIG|NODATA|FAILURE).*"))
                .reduce((first, last) -> last)
                .orElse("nothing is said about it");
    }
}
