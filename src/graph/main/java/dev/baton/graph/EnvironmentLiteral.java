package dev.baton.graph;

import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text that names what is another one in another environment.
///
/// | what | where |
/// |---|---|
/// | an account | the fifth part of an ARN, the first of a registry's host, the path of a queue's URL, a part of a bucket's name, what follows `AWSLogs/` in a key; alone, where it is called an account |
/// | a Region | the fourth part of an ARN, a part of a host of AWS or of a bucket's name, a part of a key between slashes; alone |
///
/// Twelve digits anywhere else are a number, and a Region within prose is prose.
final class EnvironmentLiteral {
    private static final String REGION_FORM = "(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)(?:-(?:gov|de|iso[a-z]?))?-"
            + "(?:central|(?:north|south)(?:east|west)?|east|west)-[1-9]";
    private static final Pattern REGION = Pattern.compile(REGION_FORM);
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    // arn:partition:service:region:account:resource
    private static final Pattern ARN = Pattern.compile("arn:[^:/\\s]*:[a-z0-9-]+:([^:/\\s]*):([^:/\\s]*):");
    private static final Pattern REGISTRY = Pattern.compile("(?<![0-9])([0-9]{12})\\.dkr\\.ecr\\.");
    private static final Pattern QUEUE = Pattern.compile("\\.amazonaws\\.com(?:\\.cn)?/([0-9]{12})(?:/|$)");
    private static final Pattern HOST = Pattern.compile("(?<![a-z0-9])(" + REGION_FORM + ")\\.amazonaws\\.com");
    private static final Pattern BUCKET_ACCOUNT = Pattern.compile("s3://(?:[^/]*-)?([0-9]{12})(?:-[^/]*)?/.*");
    private static final Pattern BUCKET_REGION = Pattern.compile("s3://(?:[^/]*-)?(" + REGION_FORM + ")(?:-[^/]*)?/.*");
    private static final Pattern KEY_ACCOUNT = Pattern.compile("s3://.*/AWSLogs/(?:o-[a-z0-9]+/)?([0-9]{12})(?:/.*)?");
    private static final Pattern KEY_REGION = Pattern.compile("s3://[^/]+/(?:.*/)?(" + REGION_FORM + ")(?:/.*)?");

    private EnvironmentLiteral() {}

    /// Whether it is a number that may be an account's.
    static boolean mayBeAccount(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    /// What a text names: `the ARN … with the account …`; null where it names nothing such.
    ///
    /// @param isOfAccounts whether what it is called says that a number is an account's
    static @Nullable String in(String text, boolean isOfAccounts) {
        if (isOfAccounts && mayBeAccount(text)) {
            return "the account " + text;
        }
        if (REGION.matcher(text).matches()) {
            return "the Region " + text;
        }
        var arn = ARN.matcher(text);
        while (arn.find()) {
            var parts = new ArrayList<String>();
            if (ACCOUNT.matcher(arn.group(2)).matches()) {
                parts.add("the account " + arn.group(2));
            }
            if (REGION.matcher(arn.group(1)).matches()) {
                parts.add("the Region " + arn.group(1));
            }
            if (!parts.isEmpty()) {
                // What is put together when it runs has no text yet.
                return "the ARN " + text.substring(arn.start()).replace((char) 1, '…') + " with "
                        + String.join(" and ", parts);
            }
        }
        for (var pattern : new Pattern[] {REGISTRY, QUEUE}) {
            var address = pattern.matcher(text);
            if (address.find()) {
                return "the account " + address.group(1) + " in " + text;
            }
        }
        var host = HOST.matcher(text);
        if (host.find()) {
            return "the Region " + host.group(1) + " in " + text;
        }
        for (var pattern : new Pattern[] {BUCKET_ACCOUNT, KEY_ACCOUNT}) {
            var object = pattern.matcher(text);
            if (object.matches()) {
                return "the account " + object.group(1) + " in " + text;
            }
        }
        for (var pattern : new Pattern[] {BUCKET_REGION, KEY_REGION}) {
            var object = pattern.matcher(text);
            if (object.matches()) {
                return "the Region " + object.group(1) + " in " + text;
            }
        }
        return null;
    }
}
