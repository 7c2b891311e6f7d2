package dev.baton.local.states;

import dev.baton.local.http.AwsError;

/// The errors of Step Functions' API, worded as the service words them.
final class StatesErrors {
    private StatesErrors() {}

    private static AwsError error(String code, String message) {
        return new AwsError(400, code, message);
    }

    static AwsError invalidArn(String what) {
        return error("InvalidArn", "Invalid Arn: '" + what + "'");
    }

    static AwsError invalidName(String name) {
        return error("InvalidName", "Invalid Name: '" + name + "'");
    }

    static AwsError invalidDefinition(String findings) {
        return error("InvalidDefinition", "Invalid State Machine Definition: '" + findings + "'");
    }

    static AwsError invalidInput(String problem) {
        return error("InvalidExecutionInput", "Invalid State Machine Execution Input: '" + problem + "'");
    }

    static AwsError invalidOutput(String problem) {
        return error("InvalidOutput", "Invalid Output: '" + problem + "'");
    }

    static AwsError invalidLogging(String problem) {
        return error("InvalidLoggingConfiguration", "Invalid Logging Configuration: " + problem);
    }

    static AwsError invalidToken() {
        return error("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    static AwsError machineExists(String arn) {
        return error("StateMachineAlreadyExists", "State Machine Already Exists: '" + arn + "'");
    }

    static AwsError noMachine(String arn) {
        return error("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }

    static AwsError invalidEncryption(String type) {
        return error(
                "InvalidEncryptionConfiguration",
                "Invalid Encryption Configuration: the embedded AWS keeps what is under AWS_OWNED_KEY, and nothing under "
                        + type + ".");
    }

    static AwsError deleting(String arn) {
        return error("StateMachineDeleting", "State Machine Deleting: '" + arn + "'");
    }

    static AwsError executionExists(String arn) {
        return error("ExecutionAlreadyExists", "Execution Already Exists: '" + arn + "'");
    }

    static AwsError noExecution(String arn) {
        return error("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
    }

    static AwsError notRedrivable(String reason) {
        return error("ExecutionNotRedrivable", reason);
    }

    static AwsError wrongType() {
        return error("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
    }

    static AwsError noActivity(String arn) {
        return error("ActivityDoesNotExist", "Activity Does Not Exist: '" + arn + "'");
    }

    static AwsError noResource(String arn) {
        return error("ResourceNotFound", "Resource not found: '" + arn + "'");
    }

    static AwsError noReferencedResource() {
        return error("ResourceNotFound", "Request references a resource that does not exist.");
    }

    static AwsError conflict(String message) {
        return error("ConflictException", message);
    }

    static AwsError quota(String message) {
        return error("ServiceQuotaExceededException", message);
    }

    static AwsError tooManyOpen() {
        return error(
                "ExecutionLimitExceeded",
                "The maximum number of running executions has been reached. Running executions must end or be stopped"
                        + " before a new execution can be started. What runs here must fit into the heap:"
                        + " BATON_JAVA_OPTIONS=-Xmx2g gives it more.");
    }

    static AwsError missingParameter(String message) {
        return error("MissingRequiredParameter", message);
    }

    static AwsError validation(String message) {
        return error("ValidationException", message);
    }

    /// The same of a member whose value the service does not repeat.
    static AwsError hidden(String member, String constraint) {
        return validation("1 validation error detected: Value at '" + member
                + "' failed to satisfy constraint: Member must " + constraint);
    }

    /// A member that breaks a constraint of the API's model.
    static AwsError constraint(String value, String member, String constraint) {
        return validation("1 validation error detected: Value " + value + " at '" + member
                + "' failed to satisfy constraint: Member must " + constraint);
    }
}
