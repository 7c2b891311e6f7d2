package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A picture for timestamps, such as `[Y0001]-[M01]`, as far as one must know it to tell what the library will need for
/// it: memory for a text, and steps for reading one.
final class DatePicture {
    /// Bytes and the like: what it adds to a text it copies with all that is there.
    private static final long MOST_COPIED = 20_000_000;

    /// Of a picture to read by; there are 19 components in all.
    private static final int MOST_PARTS = 200;

    private static final Pattern WIDTH = Pattern.compile("[0-9]+");

    private static final String WORD = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
            + "[a-z]{3,}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|"
            + "[a-z]+th|zero|first|second|third|and|[\\-, ])+";

    private static final Set<Character> TWO_DIGITS = Set.of('M', 'D', 'H', 'h', 'm', 's');

    private final List<Part> parts = new ArrayList<>();
    private boolean open;

    /// A part of the picture: what stands between brackets, or a text that stands for itself.
    private record Part(boolean marker, String text) {
        /// Its characters in a text, at most, but for names.
        long width() {
            if (!marker) {
                return text.length();
            }
            var numbers = WIDTH.matcher(text.substring(text.lastIndexOf(',') + 1));
            var width = text.length() + 12L;
            while (text.indexOf(',') >= 0 && numbers.find()) {
                width += numbers.group().length() > 9 ? MOST_COPIED : Long.parseLong(numbers.group());
            }
            return width;
        }

        /// The part that the library's regular expression has in its place, but for the groups.
        String regex() {
            if (!marker) {
                return Pattern.quote(text);
            }
            var component = text.charAt(0);
            var presentation = text.substring(1).split(",", 2)[0];
            if (component == 'Z' || component == 'z') {
                return (component == 'z' ? "GMT" : "") + "[-+][0-9]+(?:[^0-9][0-9]+)?";
            }
            var form = presentation.isEmpty() ? "FPCE".indexOf(component) >= 0 ? 'n' : '1' : presentation.charAt(0);
            return switch (form) {
                case 'n', 'N' -> "[a-zA-Z]+";
                case 'A', 'a', 'I', 'i' -> "[a-z]+";
                case 'W', 'w' -> WORD;
                default -> component == 'Y' ? "[0-9]{2,4}" : TWO_DIGITS.contains(component) ? "[0-9]{1,2}" : "[0-9]+";
            };
        }
    }

    /// @throws JException where it is without bound
    DatePicture(String picture) {
        var literal = 0;
        var at = 0;
        while (at < picture.length()) {
            var end = picture.charAt(at) == '[' && !picture.startsWith("[[", at) ? picture.indexOf(']', at) : -1;
            if (end < 0) {
                open |= picture.charAt(at) == '[' && !picture.startsWith("[[", at);
                at += picture.startsWith("[[", at) ? 2 : 1;
                continue;
            }
            literal(picture.substring(literal, at));
            var marker = picture.substring(at + 1, end).replaceAll("\\s+", "");
            if (!marker.isEmpty()) {
                parts.add(new Part(true, marker));
            }
            at = end + 1;
            literal = at;
        }
        literal(picture.substring(literal));
        checkSize();
    }

    private void literal(String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(false, text));
        }
    }

    /// Whether it has numbers in Roman letters.
    boolean isRoman() {
        return parts.stream()
                .anyMatch(part ->
                        part.marker() && part.text().toLowerCase(Locale.ROOT).startsWith("i", 1));
    }

    private void checkSize() {
        var written = 0L;
        var copied = 0L;
        for (var part : parts) {
            var width = part.width();
            written += width;
            copied += written + (part.marker() ? width * width : 0);
            if (copied > MOST_COPIED) {
                throw Evaluation.tooLarge();
            }
        }
    }

    /// @throws JException where a bracket is open at its end, or the library would go back and forth in it for too long
    void checkReading(String timestamp, Evaluation evaluation) {
        if (open) {
            throw new JException("D3135", -1);
        }
        if (parts.size() > MOST_PARTS) {
            throw Evaluation.tooLarge();
        }
        var regex = new StringBuilder();
        parts.forEach(part -> regex.append(part.regex()));
        var text = new Counted(timestamp, EvaluationBounds.MOST_STEPS);
        evaluation.tick(regex.length());
        Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .matches();
    }

    /// A text that may be looked at only so often.
    private static final class Counted implements CharSequence {
        private final String text;
        private int left;

        Counted(String text, int left) {
            this.text = text;
            this.left = left;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw Evaluation.tooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
