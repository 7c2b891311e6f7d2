package dev.baton.compiler.gate;

import java.lang.Character.UnicodeScript;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/// Names that are not what they look like: letters of several alphabets, or characters that are not seen.
///
/// See [UTS 39, Unicode security mechanisms](https://www.unicode.org/reports/tr39/): a name is of one script, but that
/// Japanese and Korean have several.
public final class LookalikeNames {
    /// Greek and Cyrillic letters that look like Latin ones.
    private static final String LATIN_LOOKING =
            "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443"
                    + "\u0445\u0455\u0456\u0458\u04bb\u0501\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f"
                    + "\u03a1\u03a4\u03a7\u03bf\u03c1\u03bd";

    private LookalikeNames() {}

    /// What is wrong with a name, as the end of a sentence that begins with it; null where nothing is.
    public static @Nullable String problem(String name) {
        if (isHiding(name)) {
            return "has characters that are not seen or that turn others round";
        }
        var scripts = new HashSet<UnicodeScript>();
        name.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        var looksLatin = scripts.contains(UnicodeScript.CYRILLIC) || scripts.contains(UnicodeScript.GREEK);
        if (looksLatin && scripts.size() > 1) {
            return "mixes letters of several alphabets";
        }
        return looksLatin
                        && name.codePoints()
                                .filter(Character::isLetter)
                                .allMatch(letter -> LATIN_LOOKING.indexOf(letter) >= 0)
                ? "looks as if it were written in Latin letters"
                : name.codePoints().anyMatch(c -> c >= 0xff01 && c <= 0xff5e) ? "has letters of another width" : null;
    }

    /// Whether a text has characters that are not seen or that turn others round.
    public static boolean isHiding(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.getType(c) == Character.FORMAT
                        || (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
                        || Character.getType(c) == Character.PRIVATE_USE
                        || (c >= 0xe0000 && c <= 0xe007f));
    }

    /// A text with what is not plain ASCII as it is escaped.
    public static String shown(String text) {
        var shown = new StringBuilder();
        text.chars()
                .forEach(c ->
                        shown.append(c >= 0x20 && c < 0x7f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return shown.toString();
    }
}
