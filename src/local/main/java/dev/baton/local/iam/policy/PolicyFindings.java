package dev.baton.local.iam.policy;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Every sentence about what is wrong with a policy: ours, with a code each, and beside it what AWS answers.
final class PolicyFindings {
    private final String policy;
    private final List<Diagnostic> found = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    PolicyFindings(String policy) {
        this.policy = policy;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new MalformedPolicy(answers.getFirst(), found);
        }
    }

    MalformedPolicy noJson(JsonException e) {
        add(
                "IAM001",
                "line " + e.line() + ", column " + e.column(),
                "is not JSON: " + e.getMessage(),
                "give one JSON object",
                "This policy contains invalid Json");
        return new MalformedPolicy(answers.getFirst(), found);
    }

    void syntax(String place, String what) {
        add("IAM002", place, what, "follow the grammar of the IAM policy language", "Syntax errors in policy.");
    }

    void missing(String place, String element) {
        add("IAM003", place, "has no " + element, "add " + element, "Missing required field " + element);
    }

    /// For the policies of identities AWS has words of its own where actions or resources are missing.
    void without(String place, String element) {
        add(
                "IAM003",
                place,
                "has no " + element,
                "add " + element,
                "Policy statement must contain " + element.toLowerCase(Locale.ROOT) + "s.");
    }

    void twice(String place, String element) {
        syntax(place, "has " + element + " twice, of which one would be lost");
    }

    void prohibited(String place, String element, String answer) {
        add("IAM004", place, "has " + element + ", which this kind of policy cannot have", "remove " + element, answer);
    }

    void badAction(String place, String text) {
        add(
                "IAM005",
                place,
                "expected service:name, but was " + text,
                "write the service's prefix, such as s3:GetObject",
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }

    void badResource(String place, String text) {
        add(
                "IAM006",
                place,
                "expected an ARN or *, but was " + text,
                "write the whole ARN",
                "Resource " + text + " must be in ARN format or \"*\".");
    }

    void badPartition(String place, String partition, String text) {
        add(
                "IAM006",
                place,
                "names the partition " + partition + " in " + text,
                "write arn:aws:…, or the partition of the account",
                "Partition \"" + partition + "\" is not valid for resource \"" + text + "\".");
    }

    void regionOfIam(String place, String text) {
        add(
                "IAM006",
                place,
                "has a region in " + text + ", but IAM is global",
                "leave the region empty: arn:aws:iam::…",
                "IAM resource " + text + " cannot contain region information.");
    }

    void badOperator(String place, String word) {
        add(
                "IAM007",
                place,
                "has the unknown operator " + word,
                "use one of IAM's condition operators",
                "Invalid Condition type : " + word + ".");
    }

    void badValue(String place, String operator, String text) {
        add(
                "IAM008",
                place,
                text + " is not a value for " + operator,
                "write a value that the operator can compare",
                "Syntax errors in policy.");
    }

    void badPrincipal(String place, String type, String text) {
        add(
                "IAM009",
                place,
                "names the principal " + text + ", which cannot be one",
                "name an account, a user, a role, a session, a service or a provider, without wildcards",
                "Invalid principal in policy" + (type.isEmpty() ? "" : ": \"" + type + "\":\"" + text + "\""));
    }

    void badSid(String place, String sid) {
        add(
                "IAM010",
                place,
                "has the Sid " + sid,
                "use letters and digits only",
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*");
    }

    void repeatedSid(String place, String sid) {
        add(
                "IAM010",
                place,
                "repeats the Sid " + sid,
                "give each statement a Sid of its own",
                "Statement IDs (SID) in a single policy must be unique.");
    }

    void notForTrust(String place, String action) {
        add(
                "IAM011",
                place,
                "has the action " + action + " in a trust policy",
                "use actions of STS only",
                "AssumeRole policy may only specify STS AssumeRole actions.");
    }

    void version(@Nullable Object version) {
        add("IAM012", "/Version", "is " + Json.print(version), "write 2012-10-17", "Syntax errors in policy.");
    }

    void old(@Nullable Object version) {
        add(
                "IAM012",
                "/Version",
                version == null ? "is missing, which means 2008-10-17" : "is " + Json.print(version),
                "write 2012-10-17",
                "Policy document must be version 2012-10-17 or greater.");
    }

    private void add(String code, String place, String message, String remedy, String answer) {
        found.add(Diagnostic.error(
                code, Location.named(place.isEmpty() ? policy : policy + " " + place), message, remedy));
        answers.add(answer);
    }
}
