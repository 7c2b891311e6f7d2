package dev.baton.local.service;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// An operation of a service's API, as data. What is kept after it, what may be asked of IAM in it and the table of
/// operations in the docs follow from here.
///
/// @param <H> how its protocol serves it: a [JsonAction], a [QueryAction] or a [RestRoute]
/// @param name such as `CreateKey`
/// @param rights the IAM actions that it may ask leave for, its own first; those of its service without `kms:`
/// @param changes whether it changes something that the service keeps over restarts
public record ApiOperation<H>(String name, List<String> rights, boolean changes, H handler) {
    public ApiOperation {
        rights = List.copyOf(rights);
    }

    /// One that changes nothing that is kept.
    ///
    /// @param rights where it asks for others than the one of its name
    public static <H> ApiOperation<H> reading(String name, H handler, String... rights) {
        return new ApiOperation<>(name, rights.length == 0 ? List.of(name) : List.of(rights), false, handler);
    }

    /// One after which the service keeps what became of it, before it answers.
    ///
    /// @param rights where it asks for others than the one of its name
    public static <H> ApiOperation<H> changing(String name, H handler, String... rights) {
        return new ApiOperation<>(name, rights.length == 0 ? List.of(name) : List.of(rights), true, handler);
    }

    /// One that everybody may do.
    public static <H> ApiOperation<H> free(String name, H handler) {
        return new ApiOperation<>(name, List.of(), false, handler);
    }

    /// The same, served in another way.
    public ApiOperation<H> with(UnaryOperator<H> around) {
        return new ApiOperation<>(name, rights, changes, around.apply(handler));
    }

    /// Those of several lists.
    @SafeVarargs
    public static <H> List<ApiOperation<H>> all(List<ApiOperation<H>>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    /// The same with all rights in full.
    public ApiOperation<H> of(String service) {
        var full = rights.stream()
                .map(right -> right.contains(":") ? right : service + ":" + right)
                .toList();
        return new ApiOperation<>(name, full, changes, handler);
    }
}
