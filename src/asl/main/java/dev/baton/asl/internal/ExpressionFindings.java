package dev.baton.asl.internal;

import static dev.baton.asl.internal.FindingReport.brief;
import static dev.baton.asl.internal.FindingReport.list;
import static dev.baton.asl.internal.FindingReport.quote;

import dev.baton.asl.text.DefinitionPlace;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Findings about expressions: what can be said about paths, intrinsic functions, JSONata expressions and variables, in
/// our words and in the service's.
record ExpressionFindings(FindingReport report) {
    void path(DefinitionPlace place, String text, String why) {
        report.add(
                DefinitionRule.PATH,
                place,
                quote(text) + " is not a path: " + why,
                "Write a path such as $.order.id",
                "Value must be a valid JSONPath.");
    }

    void referencePath(DefinitionPlace place, String text, String why) {
        report.add(
                DefinitionRule.REFERENCE_PATH,
                place,
                quote(text) + " is not a reference path: " + why,
                "Write a path of fields and indexes only, such as $.orders[0].id",
                "Value is not a Reference Path");
    }

    void templatePath(DefinitionPlace place, DefinitionPlace object, String field, @Nullable Object value, String why) {
        report.add(
                DefinitionRule.TEMPLATE_PATH,
                place,
                quote(field) + " ends in .$, so its value is a path or an intrinsic function, but "
                        + (value instanceof String text ? quote(text) + " is neither: " + why : "is " + brief(value)),
                "Write a path or an intrinsic function, or remove .$ from the name",
                "The value for the field '" + field + "' must be a valid JSONPath or a valid intrinsic function call",
                object.awsLocation());
    }

    void templateConflict(DefinitionPlace place, String field) {
        var plain = field.substring(0, field.length() - 2);
        report.add(
                DefinitionRule.TEMPLATE_CONFLICT,
                place,
                quote(field) + " and " + quote(plain) + " both give the field " + quote(plain),
                "Remove one of the two",
                "There should only be one of the following fields: [" + plain + ", " + field + "]");
    }

    void pathFunction(DefinitionPlace place, String text, String function) {
        report.add(
                DefinitionRule.PATH_FUNCTION,
                place,
                quote(text) + " finds nothing: paths have no functions, so that " + quote(function)
                        + " is the name of a field",
                "Use an intrinsic function such as States.ArrayLength, or JSONata",
                "JSONPath functions are not supported");
    }

    void manyCalls(DefinitionPlace place, int calls, int most) {
        report.add(
                DefinitionRule.MANY_CALLS,
                place,
                "The field calls " + calls + " intrinsic functions; the service documents " + most + " at most",
                "Compute a part of it in a field or a state before",
                "Intrinsic functions nested within a field exceed " + most);
    }

    void stringIntrinsic(DefinitionPlace place, String text, Collection<String> functions) {
        report.add(
                DefinitionRule.STRING_INTRINSIC,
                place,
                quote(text) + " does not give a string; here only " + list(functions) + " may be called",
                "Call a function that gives a string, or write a reference path",
                "Value must be a valid JSONPath or a valid intrinsic function call that returns a string");
    }

    void jsonataSyntax(DefinitionPlace place, String expression, String why) {
        report.add(
                DefinitionRule.JSONATA_SYNTAX,
                place,
                quote(expression) + " is not JSONata: " + why,
                "Correct the expression",
                why);
    }

    void jsonataContext(DefinitionPlace place, String name) {
        report.add(
                DefinitionRule.JSONATA_CONTEXT,
                place,
                "The expression reads " + quote(name) + " from a context that Step Functions does not have",
                "Begin with $states.input or with a variable",
                name.equals("$$")
                        ? "Reference to '$$' is not supported."
                        : "Reference to '" + name + "' at the top level is not supported.");
    }

    void statesField(DefinitionPlace place, String field, Collection<String> known) {
        report.add(
                DefinitionRule.STATES_FIELD,
                place,
                "$states." + field + " does not exist here; there is " + list(known),
                "Use one of these",
                "Field '$states." + field + "' does not exist.");
    }

    void eval(DefinitionPlace place) {
        report.add(
                DefinitionRule.JSONATA_EVAL,
                place,
                "Step Functions has no $eval; the expression fails when it runs",
                "Use $parse for JSON text, or write the expression out",
                "Function '$eval' is not supported.");
    }

    void braces(DefinitionPlace place, String text) {
        report.add(
                DefinitionRule.JSONATA_BRACES,
                place,
                quote(text) + " is neither a plain string nor an expression",
                "Begin with {% and end with %}, without blanks outside",
                "A JSONata expression must begin with '{%' and end with '%}'");
    }

    void unknownVariable(DefinitionPlace place, String variable) {
        report.add(
                DefinitionRule.UNKNOWN_VARIABLE,
                place,
                "No state assigns the variable $" + variable + " where it could be seen here",
                "Assign it before, or correct its name",
                "Variable '" + variable + "' is not assigned");
    }

    void outerVariable(DefinitionPlace place, String variable) {
        report.add(
                DefinitionRule.OUTER_VARIABLE,
                place,
                "$" + variable + " is also assigned in an outer scope; this assigns another variable of the same name",
                "Give one of the two another name, and hand values out as output",
                "Variable '" + variable + "' is already defined in an outer scope");
    }

    void variableName(DefinitionPlace place, String variable) {
        report.add(
                DefinitionRule.VARIABLE_NAME,
                place,
                variable.equals("states")
                        ? "$states is what the service itself provides"
                        : quote(variable) + " is not a name of a variable",
                "Use a letter, then letters, digits and _, at most 80 characters, and not states",
                "Invalid variable name '" + variable + "'");
    }

    void noDollar(DefinitionPlace place, String field, String value) {
        report.add(
                DefinitionRule.NO_DOLLAR,
                place,
                quote(value) + " looks like a path, but the name " + quote(field)
                        + " does not end in .$, so it is a plain string",
                "Name the field " + field + ".$ if a path is meant",
                "No .$ on a field that appears to be a JSONPath or Intrinsic Function.");
    }

    void staticResult(DefinitionPlace place, String field) {
        report.add(
                DefinitionRule.STATIC_RESULT,
                place,
                "Result stands for itself, so " + quote(field) + " is not evaluated",
                "Use Parameters instead of Result",
                "Attempt to use a path in the result of a pass state.");
    }
}
