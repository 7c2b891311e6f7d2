package dev.baton.task.template;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.task.parameter.CharacterSet;
import dev.baton.task.parameter.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The template of a target, bound to a record class.
///
/// A template is `s3://bucket/key`; in the key, `{component}` stands for the printed value of that component of the
/// record, and `{day:yyyy}`, `{day:MM}`, `{day:dd}` for pieces of a date. No value holds `/`. Of two values of
/// varying width in one segment the text between must tell where the first ends (TSK012), so that every key has at
/// most one reading.
public final class Template {
    /// S3's limit, in bytes of UTF-8.
    public static final int LONGEST_KEY = 1_024;

    private static final ClassValue<Map<String, Template>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<String, Template> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private final String text;
    private final Class<?> task;
    private final Parameters parameters;
    private final String bucket;
    private final List<List<Piece>> segments;
    private final List<TemplateProblem> problems;

    private Template(String text, Class<?> task) {
        this.text = text;
        this.task = task;
        parameters = Parameters.of(task);
        var reader = new TemplateReader(text, task);
        segments = reader.read();
        bucket = reader.bucket();
        problems = reader.problems();
    }

    /// The template.
    ///
    /// @throws DiagnosticException with all that is wrong with it (TSK010, TSK011, TSK012, TSK015)
    public static Template of(String template, Class<?> task) {
        var read = read(template, task);
        if (!read.problems.isEmpty()) {
            throw new DiagnosticException(read.problems.stream()
                    .map(problem -> Diagnostic.error(
                            problem.code(), Location.named(task.getSimpleName()), problem.message(), problem.remedy()))
                    .toList());
        }
        return read;
    }

    /// All that is wrong with a template.
    public static List<TemplateProblem> problems(String template, Class<?> task) {
        return read(template, task).problems;
    }

    private static Template read(String template, Class<?> task) {
        return KNOWN.get(task).computeIfAbsent(template, text -> new Template(text, task));
    }

    /// The template as it was written.
    public String text() {
        return text;
    }

    /// The logical bucket.
    public String bucket() {
        return bucket;
    }

    /// The key for a task.
    ///
    /// @throws IllegalArgumentException when a value has no text, or the key is longer than S3 allows
    public String key(Record values) {
        var key = render(value -> printed(values, value));
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw new IllegalArgumentException("the key of " + values + " is longer than " + LONGEST_KEY + " bytes");
        }
        return key;
    }

    /// The logical address for a task, [#key] in its bucket.
    public String uri(Record values) {
        return "s3://" + bucket + "/" + key(values);
    }

    private String printed(Record values, Piece.Value value) {
        var parameter = parameters.get(value.component());
        try {
            var printed = parameter.type().print(parameters.value(values, value.component()));
            return value.part().map(part -> part.of(printed)).orElse(printed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(parameter.name() + " of " + values + ": " + e.getMessage(), e);
        }
    }

    /// The components that every key of the template gives whole, sorted by name.
    public List<String> components() {
        var whole = new TreeSet<String>();
        for (var i = 0; i < parameters.count(); i++) {
            if (givesWhole(i)) {
                whole.add(parameters.get(i).name());
            }
        }
        return List.copyOf(whole);
    }

    private boolean givesWhole(int component) {
        if (segments.stream().anyMatch(segment -> segment.contains(new Piece.Value(component, Optional.empty())))) {
            return true;
        }
        var width = parameters.get(component).type().width();
        var covered = -1;
        for (var part : DatePart.values()) {
            if (segments.stream()
                    .anyMatch(segment -> segment.contains(new Piece.Value(component, Optional.of(part))))) {
                covered += part.begin() == covered + 1 ? part.width() + 1 : 0;
            }
        }
        return covered > 0 && width.equals(Optional.of(covered));
    }

    /// The printed values in a key, by component, or nothing if this template never gives the key. What is returned
    /// prints the very same key.
    public Optional<Map<String, String>> match(String key) {
        return new KeyMatcher(parameters, segments).match(key);
    }

    /// The pattern of keys for a policy, `*` for what is not known.
    ///
    /// @param known printed values that are the same for all keys meant, by component
    public String pattern(Map<String, String> known) {
        return render(value -> known(value, known).orElse("*")).replaceAll("\\*+", "*");
    }

    /// The pattern of keys for an EventBridge rule's `wildcard`, in which `*` may not stand next to `*`.
    public String wildcard() {
        return pattern(Map.of());
    }

    /// What all keys begin with, for a listing.
    ///
    /// @param known printed values that are the same for all keys meant, by component
    public String prefix(Map<String, String> known) {
        var pattern = pattern(known);
        var star = pattern.indexOf('*');
        return star < 0 ? pattern : pattern.substring(0, star);
    }

    /// The keys that the template gives.
    ///
    /// @param known printed values that are the same for all keys meant, by component
    public KeyLanguage keys(Map<String, String> known) {
        var language = new KeyLanguage();
        var first = true;
        for (var segment : segments) {
            language.text(first ? "" : "/");
            first = false;
            for (var piece : segment) {
                switch (piece) {
                    case Piece.Text literal -> language.text(literal.text());
                    case Piece.Value value ->
                        known(value, known).ifPresentOrElse(language::text, () -> append(language, value));
                }
            }
        }
        return language;
    }

    private void append(KeyLanguage language, Piece.Value value) {
        var type = parameters.get(value.component()).type();
        if (value.part().isPresent()) {
            language.characters(CharacterSet.DIGITS, value.part().get().width());
        } else if (type.alternatives().isPresent()) {
            language.oneOf(type.alternatives().get());
        } else if (type.width().isPresent()) {
            language.characters(type.characters(), type.width().get());
        } else {
            language.someOf(type.characters());
        }
    }

    /// The keys that the [#pattern] covers as IAM reads it: a role that may write by it may write all of these.
    ///
    /// @param known printed values that are the same for all keys meant, by component
    public KeyLanguage covered(Map<String, String> known) {
        var language = new KeyLanguage();
        var pieces = pattern(known).split("\\*", -1);
        for (var i = 0; i < pieces.length; i++) {
            if (i > 0) {
                language.anything();
            }
            language.text(pieces[i]);
        }
        return language;
    }

    private Optional<String> known(Piece.Value value, Map<String, String> known) {
        var text = known.get(parameters.get(value.component()).name());
        return Optional.ofNullable(text)
                .map(whole -> value.part().map(part -> part.of(whole)).orElse(whole));
    }

    private String render(Function<Piece.Value, String> print) {
        var key = new StringBuilder();
        for (var segment : segments) {
            if (!key.isEmpty()) {
                key.append('/');
            }
            for (var piece : segment) {
                key.append(piece.in(print));
            }
        }
        return key.toString();
    }

    /// The class whose components the template names.
    public Class<?> task() {
        return task;
    }

    @Override
    public String toString() {
        return text;
    }
}
