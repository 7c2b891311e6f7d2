package dev.baton.cli.schema;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.name.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The schemas that are published: JSON Schema 2020-12 of what commands print with `--json`, as files of the jar,
/// `META-INF/baton/schemas/NAME.schema.json`.
///
/// The last number of a schema's `$id` is its version. A member that is added leaves it as it is; one that is renamed,
/// removed or means something else makes a new one.
public final class PublishedSchemas {
    private static final String FOLDER = "/META-INF/baton/schemas/";
    private static final Map<String, String> WHAT = new LinkedHashMap<>();

    static {
        WHAT.put("graph", "baton graph PIPELINE --json");
        WHAT.put("plan", "each line of baton plan PIPELINE --json");
        WHAT.put("status", "each line of baton status --json");
        WHAT.put("execution", "baton status EXECUTION --json");
        WHAT.put("access", "baton access PIPELINE --json");
        WHAT.put("decision", "baton access PIPELINE --who … --action … --resource … --json");
        WHAT.put("lineage", "baton lineage OBJECT --json");
        WHAT.put("why", "baton why TASK --json");
        WHAT.put("diff-runs", "baton diff-runs A B --json");
        WHAT.put("finding", "each line of baton check FILE --json");
        WHAT.put("verdict", "baton check --proposal DIR --json");
    }

    private PublishedSchemas() {}

    /// What each is the schema of, by its name, in the order in which they are listed.
    public static Map<String, String> all() {
        return new LinkedHashMap<>(WHAT);
    }

    /// The text of a schema.
    ///
    /// @throws DiagnosticException CLI160 when there is none of that name
    public static String text(String name) {
        if (!WHAT.containsKey(name)) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI160",
                    Location.named(name),
                    "there is no schema of this name; there are " + String.join(", ", WHAT.keySet()),
                    NearestName.to(name, WHAT.keySet(), WHAT.size())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("name one of these")));
        }
        try (var stream = PublishedSchemas.class.getResourceAsStream(FOLDER + name + ".schema.json")) {
            if (stream == null) {
                throw new AssertionError(name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
