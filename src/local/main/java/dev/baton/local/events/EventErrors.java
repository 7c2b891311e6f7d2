package dev.baton.local.events;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.Pagination;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The errors of EventBridge.
final class EventErrors {

    private EventErrors() {}

    /// Lists of EventBridge.
    private static final Pagination PAGES = new Pagination(
            "Limit", "NextToken", "NextToken", 100, () -> invalid("Parameter NextToken is not valid."));

    /// A part of a list, in the order of the names.
    static <T> Map<String, @Nullable Object> page(
            ApiInput input, String list, Collection<T> all, Function<T, String> name, Function<T, ?> shown) {
        return PAGES.answer(
                input, list, all.stream().sorted(Comparator.comparing(name)).toList(), name, shown);
    }

    static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    static AwsError notFound(String message) {
        return new AwsError(400, "ResourceNotFoundException", message);
    }

    static AwsError exists(String message) {
        return new AwsError(400, "ResourceAlreadyExistsException", message);
    }
}
