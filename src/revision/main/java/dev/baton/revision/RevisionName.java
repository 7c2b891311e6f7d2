package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.util.regex.Pattern;

/// The name of a revision as a person gives it: an id or a listed name, and perhaps the way to an ancestor.
///
/// It is read here and not by `git` or `hg`, which take a name that begins with `-` for an option (`--output=FILE`
/// writes, `--config=alias.log=!COMMAND` executes), and which have languages of expressions.
///
/// @param base an id, or what may be a name that the repository lists
/// @param suffix such as `~3` or `^2~1`; mostly empty
record RevisionName(String base, String suffix) {
    /// So many digits an id has at least.
    static final int SHORTEST = 7;

    private static final int LONGEST = 250;
    private static final Pattern ANCESTOR = Pattern.compile("((?:~[0-9]{0,4}|\\^[0-9]?)*)$");
    private static final Pattern SIGNS = Pattern.compile("[\\p{Cc}\\p{Cf}(){}\\[\\]*?\\\\~^|&!\"'`$;<>%=,]");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + SHORTEST + ",64}");
    private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /// @throws DiagnosticException REV002
    static RevisionName of(String text) {
        if (text.startsWith("-")) {
            throw refused(text, "it begins like an option");
        }
        if (text.contains("@{")) {
            throw refused(text, "it asks the reflog, which is another one in each clone");
        }
        if (text.contains(":")) {
            throw refused(text, "it has a colon: a path, a range, a search or an address");
        }
        if (text.contains("..")) {
            throw refused(text, "it is a range");
        }
        var ancestor = ANCESTOR.matcher(text);
        var suffix = ancestor.find() ? ancestor.group(1) : "";
        var base = text.substring(0, text.length() - suffix.length());
        if (base.isBlank() || base.length() > LONGEST) {
            throw refused(text, base.isBlank() ? "it is empty" : "it is longer than " + LONGEST + " characters");
        }
        var sign = SIGNS.matcher(base);
        if (sign.find()) {
            throw refused(text, "it has a sign of an expression or of a command");
        }
        return new RevisionName(base, suffix);
    }

    private static DiagnosticException refused(String text, String why) {
        return new DiagnosticException(RevisionFindings.refused(text, why));
    }

    /// Whether it may be an id.
    boolean isHex() {
        return HEX.matcher(base).matches();
    }

    /// Whether it can only be an id.
    boolean isWhole() {
        return isWhole(base);
    }

    static boolean isWhole(String id) {
        return WHOLE.matcher(id).matches();
    }
}
