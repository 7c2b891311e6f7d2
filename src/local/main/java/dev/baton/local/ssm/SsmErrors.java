package dev.baton.local.ssm;

import dev.baton.local.http.AwsError;

/// The errors of Systems Manager. Their codes end in `Exception` only where the API's do.
final class SsmErrors {
    private SsmErrors() {}

    static AwsError validation(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    static AwsError noParameter(String name) {
        return new AwsError(400, "ParameterNotFound", "Parameter " + name + " not found.");
    }

    static AwsError noVersion(String name, String version) {
        return new AwsError(
                400,
                "ParameterVersionNotFound",
                "Systems Manager could not find version " + version + " of " + name + ". Verify the version and try again.");
    }

    static AwsError alreadyThere() {
        return new AwsError(
                400,
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
    }

    static AwsError notHonoured(String what) {
        return new AwsError(400, "ValidationException", "A parameter of the embedded AWS has no " + what + ".");
    }

    static AwsError noRunbook(String name) {
        return new AwsError(
                400, "AutomationDefinitionNotFoundException", "Automation definition not found: " + name + ".");
    }

    static AwsError noAutomation(String id) {
        return new AwsError(400, "AutomationExecutionNotFoundException", "There is no automation execution " + id + ".");
    }
}
