package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import java.io.IOException;
import java.util.function.Predicate;

/// The address of an operation of S3, and what serves it.
///
/// @param when tells apart the operations of one address
/// @param describesObject whether the headers say what an object is like; such an operation reads them by itself, once
/// it is known that the caller may write: policies refuse some of them
record S3Route(Address address, Predicate<S3Call> when, boolean describesObject, Action action) {

    /// The levels of paths: what each names.
    enum Level {
        ACCOUNT("/"),
        BUCKET("/{Bucket}"),
        OBJECT("/{Bucket}/{Key+}");

        private final String path;

        Level(String path) {
            this.path = path;
        }

        static Level of(S3Call call) {
            return call.bucket().isEmpty() ? ACCOUNT : call.key().isEmpty() ? BUCKET : OBJECT;
        }

        private static Level of(String path) {
            for (var level : values()) {
                if (level.path.equals(path)) {
                    return level;
                }
            }
            throw new IllegalArgumentException("no path of S3: " + path);
        }
    }

    /// A method, what the path names, and what of that the query asks for.
    ///
    /// @param subresource a query parameter such as `tagging`; empty for the bucket or object itself
    record Address(String method, Level level, String subresource) {}

    /// The handler of an operation.
    @FunctionalInterface
    interface Action {
        AwsResponse handle(S3Call call) throws IOException;
    }

    /// @param address as AWS's model writes it, such as `PUT /{Bucket}/{Key+}?tagging`
    static S3Route of(String address, Action action) {
        int path = address.indexOf(' ') + 1;
        int query = address.indexOf('?');
        int end = query < 0 ? address.length() : query;
        return new S3Route(
                new Address(
                        address.substring(0, path - 1),
                        Level.of(address.substring(path, end)),
                        query < 0 ? "" : address.substring(query + 1)),
                call -> true,
                false,
                action);
    }

    /// The same where something else holds of the request, too. In the list of operations it stands before the one
    /// that serves what is left.
    S3Route when(Predicate<S3Call> other) {
        return new S3Route(address, other, describesObject, action);
    }

    S3Route describingObject() {
        return new S3Route(address, when, true, action);
    }
}
