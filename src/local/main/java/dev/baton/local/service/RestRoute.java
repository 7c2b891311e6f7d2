package dev.baton.local.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The address of an operation of a [RestService].
///
/// @param method such as `GET`
/// @param path its parts; those in braces stand for any text
/// @param longest how many bytes the body has at most
public record RestRoute(String method, List<String> path, int longest, RestAction action) {
    private static final int LONGEST = 1 << 20;

    /// @param template such as `/schedules/{Name}`
    public static RestRoute of(String method, String template, RestAction action) {
        return of(method, template, LONGEST, action);
    }

    /// @param longest how many bytes the body has at most
    public static RestRoute of(String method, String template, int longest, RestAction action) {
        return new RestRoute(method, List.of(template.substring(1).split("/")), longest, action);
    }

    /// What the parts in braces are in a path; null where it leads elsewhere.
    @Nullable
    Map<String, String> match(String given, List<String> parts) {
        if (parts.size() != path.size() || !given.equals(method)) {
            return null;
        }
        var named = new HashMap<String, String>();
        for (var i = 0; i < parts.size(); i++) {
            var part = path.get(i);
            if (part.startsWith("{")) {
                named.put(part.substring(1, part.length() - 1), parts.get(i));
            } else if (!part.equals(parts.get(i))) {
                return null;
            }
        }
        return named;
    }
}
