package dev.baton.asl.internal;

import static dev.baton.asl.internal.FindingReport.awsType;
import static dev.baton.asl.internal.FindingReport.brief;
import static dev.baton.asl.internal.FindingReport.list;
import static dev.baton.asl.internal.FindingReport.quote;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.JsonException;
import dev.baton.name.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Findings about structure: what can be said about the structure of a definition, in our words and in the service's;
/// what can be said about paths and expressions is in [ExpressionFindings].
///
/// The service's wording is known from recordings and from issue threads that quote it; where nobody quoted it, it is
/// ours.
final class StructureFindings {
    private static final Pattern UNRECOGNIZED = Pattern.compile("^Unrecognized token '([^']*)'");

    private static final Pattern MARKER =
            Pattern.compile("\\[Source: .*; line: ([0-9]+), column: ([0-9]+)]", Pattern.DOTALL);

    private final FindingReport report;
    private final ExpressionFindings expressions;

    StructureFindings(FindingReport report) {
        this.report = report;
        this.expressions = new ExpressionFindings(report);
    }

    ExpressionFindings expressions() {
        return expressions;
    }

    void notJson(JsonException e, String text) {
        var said = String.valueOf(e.getMessage());
        var quoted = text.length() <= 500
                ? "\"" + text + "\""
                : "\"" + text.substring(0, 500) + "\"[truncated " + (text.length() - 500) + " chars]";
        var at = "[Source: (String)" + quoted + "; line: " + e.line() + ", column: " + awsColumn(e) + "]";
        report.add(
                DefinitionRule.JSON,
                DefinitionPlace.root(e.line(), e.column()),
                "The text is not JSON: " + MARKER.matcher(said).replaceAll("line $1, column $2"),
                "Correct the text from this place on",
                said.replace("property name", "field name") + "\n at " + at,
                at);
    }

    /// The service reads with an older Jackson, which names the place after what it could not read.
    private static int awsColumn(JsonException e) {
        var message = String.valueOf(e.getMessage());
        var word = UNRECOGNIZED.matcher(message);
        if (word.find()) {
            return e.column() + word.group(1).length();
        }
        return message.startsWith("Unexpected character") ? e.column() + 1 : e.column();
    }

    void notAnObject(DefinitionPlace place, String type) {
        report.add(
                DefinitionRule.OBJECT,
                place,
                "A definition is a JSON object, but this is " + type,
                "Write an object with StartAt and States",
                "Definition must be a valid JSON object",
                "");
    }

    void tooLarge(DefinitionPlace place, long bytes, long limit) {
        report.add(
                DefinitionRule.SIZE,
                place,
                "The definition has " + bytes + " bytes, the service takes at most " + limit,
                "Move parts of it into state machines of their own and start those",
                "State machine definition exceeds the maximum size of " + limit + " bytes");
    }

    void repeatedField(DefinitionPlace place, String field) {
        report.add(
                DefinitionRule.REPEATED_FIELD,
                place,
                "The field " + quote(field) + " stands twice in one object; the last one counts",
                "Remove one of the two",
                "Duplicate field '" + field + "'");
    }

    void required(DefinitionPlace place, List<String> missing, Collection<String> present) {
        report.add(
                DefinitionRule.REQUIRED,
                place,
                "The " + (missing.size() == 1 ? "field " : "fields ") + list(missing)
                        + (missing.size() == 1 ? " is" : " are") + " required; there "
                        + (present.isEmpty() ? "are none" : "is only " + list(present)),
                "Add " + list(missing),
                "These fields are required: [" + String.join(", ", missing) + "]");
    }

    void roleArnRequired(DefinitionPlace place) {
        report.add(
                DefinitionRule.ROLE_ARN,
                place,
                "Credentials name the role under which the task is invoked, but RoleArn is missing",
                "Add RoleArn with the role's ARN",
                "The field 'RoleArn' is required but was missing");
    }

    void unsupported(
            DefinitionPlace place, DefinitionPlace object, String field, String what, Collection<String> supported) {
        report.add(
                DefinitionRule.UNSUPPORTED_FIELD,
                place,
                quote(field) + " is not a field of " + what + "; its fields are " + list(supported),
                NearestName.to(field, supported).map(name -> "Write " + name).orElse("Remove or rename it"),
                "Field '" + field + "' is not supported",
                object.awsLocation());
    }

    void otherLanguage(DefinitionPlace place, DefinitionPlace object, String field, QueryLanguage language) {
        var other = language == QueryLanguage.JSONPATH ? QueryLanguage.JSONATA : QueryLanguage.JSONPATH;
        report.add(
                DefinitionRule.OTHER_LANGUAGE,
                place,
                quote(field) + " is a field of " + other.text() + " states, but the query language here is "
                        + language.text(),
                "Use the field of " + language.text() + " that does the same, or set QueryLanguage",
                "The QueryLanguage is set to '" + language.text() + "', but field '" + field
                        + "' is only supported for the '" + other.text() + "' QueryLanguage",
                object.awsLocation());
    }

    void type(DefinitionPlace place, String expected, @Nullable Object actual) {
        report.add(
                DefinitionRule.TYPE,
                place,
                "Expected " + expected + ", but found " + brief(actual),
                "Write " + expected,
                "Expected value of type [" + awsType(expected) + "]");
    }

    void word(DefinitionPlace place, Collection<String> words, String actual) {
        report.add(
                DefinitionRule.WORD,
                place,
                "Expected one of " + list(words) + ", but found " + quote(actual),
                "Write one of these words",
                "Value should be one of the following: [" + String.join(", ", words) + "]");
    }

    void below(DefinitionPlace place, Number minimum, Number actual) {
        report.add(
                DefinitionRule.RANGE,
                place,
                "Expected at least " + minimum + ", but found " + actual,
                "Write a greater number",
                "Minimum value is " + minimum);
    }

    void above(DefinitionPlace place, Number maximum, Number actual) {
        report.add(
                DefinitionRule.RANGE,
                place,
                "Expected at most " + maximum + ", but found " + actual,
                "Write a smaller number",
                "Maximum value is " + maximum);
    }

    void exclusive(DefinitionPlace place, List<String> present) {
        report.add(
                DefinitionRule.EXCLUSIVE,
                place,
                "Only one of " + list(present) + " may stand here",
                "Remove the others",
                "There should only be one of the following fields: [" + String.join(", ", present) + "]");
    }

    void oneOf(DefinitionPlace place, List<String> choices, String what) {
        report.add(
                DefinitionRule.ONE_OF,
                place,
                what + " needs one of " + list(choices),
                "Add one of them",
                "There should be one of the following fields: [" + String.join(", ", choices) + "]");
    }

    void empty(DefinitionPlace place, String what) {
        report.add(
                DefinitionRule.EMPTY,
                place,
                what + " must not be empty",
                "Add what belongs there",
                "Value must not be empty");
    }

    void timestamp(DefinitionPlace place, String actual) {
        report.add(
                DefinitionRule.TIMESTAMP,
                place,
                quote(actual) + " is not a timestamp",
                "Write it as 2016-03-14T01:59:00Z, with T and with Z or an offset",
                "String does not match RFC3339 timestamp");
    }

    void stateName(DefinitionPlace place, String name) {
        report.add(
                DefinitionRule.STATE_NAME,
                place,
                "The name of a state has 1 to 80 characters, but this one has " + name.codePointCount(0, name.length()),
                "Shorten it, and its mentions",
                "The state name '" + name + "' is invalid: its length must be between 1 and 80");
    }

    void repeatedState(DefinitionPlace place, String name, DefinitionPlace first) {
        report.add(
                DefinitionRule.REPEATED_STATE,
                place,
                "A state " + quote(name) + " stands already at line " + first.line()
                        + "; names are unique in the whole state machine",
                "Rename one of the two",
                "Duplicate State name: " + name);
    }

    void target(DefinitionPlace place, String field, String target, Collection<String> states) {
        report.add(
                DefinitionRule.TARGET,
                place,
                quote(field) + ": " + quote(target) + " does not match any state; states in this scope: "
                        + list(states),
                NearestName.to(target, states)
                        .map(name -> "Write " + quote(name))
                        .orElse("Name a state of the same scope"),
                "Missing 'Next' target: " + target);
    }

    void unreachable(DefinitionPlace place, String name) {
        report.add(
                DefinitionRule.UNREACHABLE,
                place,
                "No way from StartAt leads to the state " + quote(name),
                "Point a Next, Default or Catch to it, or remove it",
                "State \"" + name + "\" is not reachable.");
    }

    void noEnd(DefinitionPlace place, boolean whole) {
        report.add(
                DefinitionRule.NO_END,
                place,
                "No state here ends: none has \"End\": true, none is a Succeed or Fail state",
                "Let the last state end",
                "Workflow has no terminal state",
                whole ? "" : place.awsLocation());
    }

    void languageDowngrade(DefinitionPlace place, DefinitionPlace state) {
        report.add(
                DefinitionRule.LANGUAGE_DOWNGRADE,
                place,
                "A state of a JSONata state machine cannot go back to JSONPath",
                "Remove QueryLanguage here, or set JSONata state by state and not on the state machine",
                "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
                state.awsLocation());
    }

    void comparison(DefinitionPlace place, List<String> present) {
        report.add(
                DefinitionRule.COMPARISON,
                place,
                switch (present.size()) {
                    case 0 -> "A condition needs And, Or, Not, or a Variable with one comparison";
                    case 1 -> present.getFirst() + " is compared with nothing";
                    default -> "A condition compares once, but this has " + list(present);
                },
                present.size() > 1 ? "Keep one comparison, and join several by And" : "Add a comparison",
                "There should only be one of the comparison operators");
    }

    void allErrorsAlone(DefinitionPlace place) {
        report.add(
                DefinitionRule.ALL_ERRORS,
                place,
                "States.ALL matches every error and has to stand alone in ErrorEquals",
                "Remove the other names, or States.ALL",
                "States.ALL must appear alone and at end of list");
    }

    void allErrorsLast(DefinitionPlace place) {
        report.add(
                DefinitionRule.ALL_ERRORS,
                place,
                "States.ALL matches every error, so that what follows is never tried",
                "Move it to the end",
                "States.ALL must appear alone and at end of list");
    }

    void reservedError(DefinitionPlace place, String name) {
        report.add(
                DefinitionRule.RESERVED_ERROR,
                place,
                quote(name) + " begins with States. but is none of the names that the service reports",
                "Correct the name, or give your error a name of its own",
                "Unknown reserved error name '" + name + "'");
    }

    void heartbeat(DefinitionPlace place, Number heartbeat, Number timeout) {
        report.add(
                DefinitionRule.HEARTBEAT,
                place,
                "HeartbeatSeconds is " + heartbeat + ", but has to be less than TimeoutSeconds, which is " + timeout,
                "Write a smaller number",
                "HeartbeatSeconds must be smaller than TimeoutSeconds");
    }

    void maxDelay(DefinitionPlace place, Number maxDelay, Number interval) {
        report.add(
                DefinitionRule.MAX_DELAY,
                place,
                "MaxDelaySeconds is " + maxDelay + ", but has to be greater than IntervalSeconds, which is " + interval,
                "Write a greater number",
                "MaxDelaySeconds must be greater than IntervalSeconds");
    }

    void arn(DefinitionPlace place, String resource) {
        report.add(
                DefinitionRule.ARN,
                place,
                quote(resource) + " is not an ARN of something that a task can call",
                "Write an ARN, such as arn:aws:states:::lambda:invoke",
                "Value is not a valid resource ARN");
    }

    void integration(DefinitionPlace place, String resource, String why) {
        report.add(
                DefinitionRule.INTEGRATION,
                place,
                quote(resource) + " is not known: " + why,
                "Use an optimized integration, or arn:aws:states:::aws-sdk:service:action",
                "The resource provided " + resource
                        + " is not recognized. The value is not a valid resource ARN, or the"
                        + " resource is not available in this region.");
    }

    void pattern(DefinitionPlace place, String resource, String pattern) {
        report.add(
                DefinitionRule.PATTERN,
                place,
                quote(resource) + " cannot be waited for by " + pattern,
                "Use a pattern that this integration has",
                "The resource provided " + resource
                        + " is not recognized. The value is not a valid resource ARN, or the"
                        + " resource is not available in this region.");
    }

    void parameter(DefinitionPlace place, DefinitionPlace object, String name, Collection<String> known) {
        var capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        report.add(
                DefinitionRule.PARAMETER,
                place,
                quote(name) + " is not a parameter here; there are " + list(known),
                known.contains(capital)
                        ? "Write " + capital + ": in Step Functions all parameters begin with a capital letter"
                        : NearestName.to(name, known)
                                .map(near -> "Write " + near)
                                .orElse("Remove or rename it"),
                "The field '" + name + "' is not supported by Step Functions",
                object.awsLocation());
    }

    void parameterRequired(DefinitionPlace place, String name, Collection<String> present) {
        report.add(
                DefinitionRule.REQUIRED,
                place,
                "The call needs the parameter " + name + "; there "
                        + (present.isEmpty() ? "are none" : "is only " + list(present)),
                "Add " + name,
                "The field '" + name + "' is required but was missing");
    }

    void expressPattern(DefinitionPlace place, String pattern) {
        report.add(
                DefinitionRule.EXPRESS,
                place,
                "An EXPRESS state machine cannot wait by " + pattern,
                "Make it STANDARD, or call without waiting",
                "Express state machine does not support '" + pattern + "' service integration ");
    }

    void expressActivity(DefinitionPlace place) {
        report.add(
                DefinitionRule.EXPRESS,
                place,
                "An EXPRESS state machine cannot use activities",
                "Make it STANDARD",
                "Express state machine does not support Activity ARN");
    }

    void expressDistributed(DefinitionPlace place) {
        report.add(
                DefinitionRule.EXPRESS,
                place,
                "An EXPRESS state machine cannot have a distributed Map",
                "Make it STANDARD, or the Map INLINE",
                "Express state machine does not support Map state with DISTRIBUTED mode");
    }

    void distributedOnly(DefinitionPlace place, DefinitionPlace state, String field) {
        report.add(
                DefinitionRule.DISTRIBUTED_ONLY,
                place,
                field + " is only for Map states whose ProcessorConfig says \"Mode\": \"DISTRIBUTED\"",
                "Make the Map DISTRIBUTED, or remove the field",
                "Field '" + field + "' is only supported for Map states with DISTRIBUTED mode",
                state.awsLocation());
    }

    void itemReader(DefinitionPlace place, String message, String remedy) {
        report.add(DefinitionRule.ITEM_READER, place, message, remedy, message);
    }

    void tooDeep(DefinitionPlace place, String what, int limit) {
        report.add(
                DefinitionRule.DEPTH,
                place,
                what + " nest more than " + limit + " deep; what is inside was not looked at",
                "Move the inner ones into a state machine or a state of their own",
                "States are too deeply nested");
    }

    void label(DefinitionPlace place, String label) {
        report.add(
                DefinitionRule.LABEL,
                place,
                quote(label)
                        + " is not a label: it has 1 to 40 characters, no blanks, none of ? * < > { } [ ] : ; , \\ | ^"
                        + " ~ $ # % & ` \" and no control characters",
                "Use letters, digits, - and _",
                "Invalid label name: " + label);
    }

    void repeatedLabel(DefinitionPlace place, String label) {
        report.add(
                DefinitionRule.REPEATED_LABEL,
                place,
                "Another Map state has the label " + quote(label),
                "Give each Map a label of its own",
                "Duplicate label name: " + label);
    }
}
