package dev.baton.local.iam;

import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiInput;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// A part of a list, as `Marker` and `MaxItems` ask for it.
final class MarkerPage {

    private MarkerPage() {}

    /// Writes the list element with its members, then `IsTruncated` and `Marker`.
    ///
    /// @param member writes one item's content
    static <T> void write(ApiInput input, Xml result, String element, List<T> all, Consumer<T> member) {
        int from = from(input);
        int size = size(input);
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
    static void writeNames(ApiInput input, Xml result, String element, List<String> all) {
        int from = from(input);
        int size = size(input);
        int start = Math.min(from, all.size());
        int end = Math.min(start + size, all.size());
        result.open(element);
        all.subList(start, end).forEach(name -> result.element("member", name));
        result.close().element("IsTruncated", end < all.size());
        if (end < all.size()) {
            result.element("Marker", end);
        }
    }

    private static int size(ApiInput input) {
        return Objects.requireNonNullElse(input.integer("MaxItems"), 100);
    }

    private static int from(ApiInput input) {
        var marker = input.text("Marker", "0");
        if (!marker.matches("[0-9]{1,9}")) {
            throw IamErrors.validation("Invalid Marker.");
        }
        return Integer.parseInt(marker);
    }
}
