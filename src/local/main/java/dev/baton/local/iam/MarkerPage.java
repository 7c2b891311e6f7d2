package dev.baton.local.iam;

import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.Pagination;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// A part of a list, as `Marker` and `MaxItems` ask for it.
final class MarkerPage {

    private static final Pagination PAGES =
            new Pagination("MaxItems", "Marker", "Marker", 100, () -> IamErrors.validation("Invalid Marker."));

    private MarkerPage() {}

    /// Writes the list element with its members, then `IsTruncated` and `Marker`.
    ///
    /// @param name what each item is found again by
    /// @param member writes one item's content
    static <T> void write(
            ApiInput input,
            Xml result,
            String element,
            List<T> all,
            Function<? super T, String> name,
            Consumer<T> member) {
        writeAll(input, result, element, all, name, item -> {
            result.open("member");
            member.accept(item);
            result.close();
        });
    }

    /// The same for a list of strings.
    static void writeNames(ApiInput input, Xml result, String element, List<String> all) {
        writeAll(input, result, element, all, Function.identity(), name -> result.element("member", name));
    }

    static void writeTags(ApiInput input, Xml result, Map<String, String> tags) {
        write(
                input,
                result,
                "Tags",
                List.copyOf(tags.entrySet()),
                Map.Entry::getKey,
                tag -> result.element("Key", tag.getKey()).element("Value", tag.getValue()));
    }

    private static <T> void writeAll(
            ApiInput input,
            Xml result,
            String element,
            List<T> all,
            Function<? super T, String> name,
            Consumer<T> item) {
        var page = PAGES.page(input, all, name);
        result.open(element);
        page.items().forEach(item);
        result.close().element("IsTruncated", page.next() != null).elementIf("Marker", page.next());
    }
}
