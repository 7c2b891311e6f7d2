package dev.baton.cli.output;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Findings as programs read them.
public final class FindingsJson {
    private FindingsJson() {}

    /// One JSON object: `severity`, `code`, `location`, `message`, `remedy`, and for a place in a text `line`, `column`
    /// and `pointer`.
    public static String json(Diagnostic finding) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("severity", finding.severity().word());
        json.put("code", finding.code());
        switch (finding.location()) {
            case Location.Named(var name) -> json.put("location", name);
            case Location.InText(var source, var line, var column, var pointer) -> {
                json.put("location", source);
                json.put("line", (long) line);
                json.put("column", (long) column);
                json.put("pointer", pointer);
            }
        }
        json.put("message", finding.message());
        json.put("remedy", finding.remedy());
        return Json.print(json);
    }
}
