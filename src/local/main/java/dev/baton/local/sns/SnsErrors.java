package dev.baton.local.sns;

import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.Pagination;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The errors of SNS, in its words, and the pages of its lists.
final class SnsErrors {
    private static final int PAGE = 100;
    private static final Pagination PAGES =
            new Pagination("MaxItems", "NextToken", "NextToken", PAGE, () -> invalid("nextToken"));

    private SnsErrors() {}

    static AwsError invalid(String what) {
        return new AwsError(400, "InvalidParameter", "Invalid parameter: " + what);
    }

    /// What SNS finds wrong with a message's attributes.
    static AwsError invalidValue(String message) {
        return new AwsError(400, "ParameterValueInvalid", message);
    }

    static AwsError noTopic() {
        return new AwsError(404, "NotFound", "Topic does not exist");
    }

    static AwsError noSubscription() {
        return new AwsError(404, "NotFound", "Subscription does not exist");
    }

    static AwsError noResource() {
        return new AwsError(404, "ResourceNotFound", "Resource does not exist");
    }

    static AwsError unauthorized(AccessDenied denied) {
        return new AwsError(403, "AuthorizationError", denied.message());
    }

    /// What the embedded AWS has nothing for, and says so rather than pass it over.
    static AwsError absent(String what) {
        return new AwsError(501, "NotImplemented", "The embedded AWS has no " + what + ".");
    }

    /// A part of a list, in the order of the names.
    static <T> void page(
            ApiInput input,
            Xml result,
            String list,
            List<T> all,
            Function<T, String> name,
            BiConsumer<Xml, T> written) {
        var page = PAGES.page(input, all, name);
        result.open(list);
        for (var item : page.items()) {
            result.open("member");
            written.accept(result, item);
            result.close();
        }
        result.close().elementIf("NextToken", page.next());
    }
}
