package dev.baton.local.iam;

import dev.baton.local.http.Xml;
import dev.baton.local.service.QueryInput;
import java.util.List;
import java.util.function.Consumer;

/// A part of a list, as `Marker` and `MaxItems` ask for it.
final class MarkerPage {

    private MarkerPage() {}

    /// Writes the list element with its members, then `IsTruncated` and `Marker`.
    ///
    /// @param member writes one item's content
    static <T> void write(QueryInput input, Xml result, String element, List<T> all, Consumer<T> member) {
        int from = number(input, "Marker", 0, Integer.MAX_VALUE);
        int size = number(input, "MaxItems", 100, 1_000);
        int start = Math.min(from, all.size());
        int end = Math.min(start + size, all.size());
        result.open(element);
        for (var item : all.subList(start, end)) {
            result.open("member");
            member.accept(item);
            result.close();
        }
        result.close().element("IsTruncated", end < all.size());
        if (end < all.size()) {
            result.element("Marker", end);
        }
    }

    /// The same for a list of strings.
    static void writeNames(QueryInput input, Xml result, String element, List<String> all) {
        int from = number(input, "Marker", 0, Integer.MAX_VALUE);
        int size = number(input, "MaxItems", 100, 1_000);
        int start = Math.min(from, all.size());
        int end = Math.min(start + size, all.size());
        result.open(element);
        all.subList(start, end).forEach(name -> result.element("member", name));
        result.close().element("IsTruncated", end < all.size());
        if (end < all.size()) {
            result.element("Marker", end);
        }
    }

    private static int number(QueryInput input, String name, int otherwise, int max) {
        var text = input.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > max) {
            throw IamErrors.validation("Invalid " + name + ".");
        }
        return Integer.parseInt(text);
    }
}
