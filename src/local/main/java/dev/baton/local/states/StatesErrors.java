package dev.baton.local.states;

import dev.baton.asl.Finding;
import dev.baton.asl.definition.AwsWording;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.Pagination;
import java.util.List;

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

    static AwsError invalidDefinition(List<Finding> findings) {
        return error("InvalidDefinition", AwsWording.invalidDefinition(findings));
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

    /// Lists of Step Functions.
    static final Pagination PAGES =
            new Pagination("maxResults", "nextToken", "nextToken", 100, StatesErrors::invalidToken);

    private static AwsError invalidToken() {
        return error("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    static AwsError machineExists(String arn) {
        return error("StateMachineAlreadyExists", "State Machine Already Exists: '" + arn + "'");
    }

    static AwsError noMachine(String arn) {
        return error("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }

    static AwsError invalidEncryption(String problem) {
        return error("InvalidEncryptionConfiguration", "Invalid Encryption Configuration: " + problem + ".");
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

    /// What activities hold is under no key of the caller's here.
    ///
    /// @throws AwsError `InvalidEncryptionConfiguration` where one is asked for
    static void requireOwnedKey(ApiInput input) {
        var asked = input.objectIf("encryptionConfiguration");
        if (asked != null && !"AWS_OWNED_KEY".equals(asked.value("type"))) {
            throw invalidEncryption(
                    "the embedded AWS keeps activities under AWS_OWNED_KEY, and none under " + asked.value("type"));
        }
    }
}
