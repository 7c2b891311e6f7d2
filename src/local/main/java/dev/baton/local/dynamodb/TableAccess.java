package dev.baton.local.dynamodb;

import dev.baton.local.http.Account;
import dev.baton.local.service.ApiInput;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tables that requests name, by their names or their ARNs.
record TableAccess(Account account, TableStore store) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
    private static final Pattern ARN = Pattern.compile("arn:[^:]*:dynamodb:[^:]*:[0-9]*:table/([^/]+)(/.*)?");

    /// The name of the table that a request is about.
    ///
    /// @throws dev.baton.local.http.AwsError `ValidationException` where no table can be called so
    String name(ApiInput input) {
        return name(input.require("TableName"));
    }

    String name(String given) {
        var arn = ARN.matcher(given);
        var name = arn.matches() ? arn.group(1) : given;
        if (!NAME.matcher(name).matches()) {
            throw DynamoDbErrors.validation(
                    "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may"
                            + " contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'");
        }
        return name;
    }

    String arn(String name) {
        return account.arn("dynamodb", "table/" + name);
    }

    String indexArn(String name, String index) {
        return arn(name) + "/index/" + index;
    }

    @Nullable
    StoredTable find(String name) {
        return store.find(name);
    }
}
