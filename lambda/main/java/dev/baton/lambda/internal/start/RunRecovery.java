package dev.baton.lambda.internal.start;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.name.Arn;
import dev.baton.name.Sha256;
import dev.baton.run.RecordedRedrive;
import dev.baton.run.RecoveryPolicy;
import dev.baton.run.Requester;
import dev.baton.run.Requester.EventKind;
import dev.baton.run.RunAction;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Redrives runs that failed in passing, as the pipeline's policy of recovery says.
///
/// Nothing is counted here: how often an execution was redriven, Step Functions knows. An event only says where to
/// look, so that one that comes twice redrives once; a redrive that is to come later is a schedule that ticks once, and
/// what is true then is looked up then.
public final class RunRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecovery.class);

    private final FunctionEnvironment environment;
    private final @Nullable RecoveryPolicy policy;
    private final SfnClient sfn;
    private final RunState state;
    private final PlannedRedrives planned;
    private final InstantSource time;
    private final StartAuthority authority;

    /// @param authority over what is redriven
    public RunRecovery(
            FunctionEnvironment environment, ServiceClients clients, InstantSource time, StartAuthority authority) {
        this.environment = environment;
        var declared = environment.find(RecoveryPolicy.VARIABLE);
        this.policy = declared == null ? null : RecoveryPolicy.of(Json.parse(declared));
        this.sfn = clients.sfn();
        this.state = new RunState(new S3Access(clients, clients.own()), environment.stateBucket());
        this.planned = new PlannedRedrives(environment, clients.post(clients.own()));
        this.time = time;
        this.authority = authority;
    }

    /// Takes notice of an execution that failed: redrives it, or plans that it will be.
    ///
    /// @param arn the execution's ARN
    public void failed(String arn) {
        var execution = described(arn);
        var by = applicable(execution);
        if (by == null) {
            return;
        }
        var due = stopped(execution).plus(by.after());
        if (!by.after().isPositive() || !due.isAfter(time.instant())) {
            redrive(execution, by);
        } else {
            planned.plan(arn, redrives(execution), due);
            LOG.atInfo().addKeyValue("execution", execution.name()).log("will be redriven at {}", due);
        }
    }

    /// Redrives an execution now that it is time.
    ///
    /// @param redrives how often it had been redriven when this was planned
    public void due(String arn, int redrives) {
        var execution = described(arn);
        if (redrives(execution) != redrives) {
            left(execution, "somebody was faster");
            return;
        }
        var by = applicable(execution);
        if (by != null) {
            redrive(execution, by);
        }
    }

    private DescribeExecutionResponse described(String arn) {
        var machine = Arn.parse(environment.stateMachine());
        var own = machine.with("execution:" + machine.name() + ":").toString();
        if (!arn.startsWith(own)) {
            throw new InvalidInput("the execution " + arn + " is not of this pipeline, whose begin with " + own);
        }
        return sfn.describeExecution(request -> request.executionArn(arn));
    }

    /// The policy, where it says that the execution is redriven.
    private @Nullable RecoveryPolicy applicable(DescribeExecutionResponse execution) {
        if (policy == null) {
            left(execution, "its pipeline has no policy of recovery");
        } else if (execution.status() != ExecutionStatus.FAILED && execution.status() != ExecutionStatus.TIMED_OUT) {
            left(execution, "it is " + execution.statusAsString());
        } else if (!policy.covers(error(execution))) {
            left(execution, error(execution) + " is not an error that passes");
        } else if (redrives(execution) >= policy.times()) {
            left(execution, "it was redriven " + redrives(execution) + " times already");
        } else if (execution.redriveStatus() != ExecutionRedriveStatus.REDRIVABLE) {
            left(execution, "it cannot be redriven: " + execution.redriveStatusReason());
        } else {
            return policy;
        }
        return null;
    }

    private static void left(DescribeExecutionResponse execution, String why) {
        LOG.atInfo().addKeyValue("execution", execution.name()).log("left to a person: {}", why);
    }

    private static String error(DescribeExecutionResponse execution) {
        return execution.error() == null ? "States.Timeout" : execution.error();
    }

    /// Written down before it is done: nobody then takes it for a person's.
    private void redrive(DescribeExecutionResponse execution, RecoveryPolicy by) {
        var question = new StartQuestion(
                Requester.event(EventKind.RECOVERY),
                List.of(RunAction.REDRIVE),
                Map.of(),
                Optional.empty(),
                1,
                time.instant());
        if (authority.rule(question) instanceof StartVerdict.Denied denied) {
            left(execution, denied.reason());
            return;
        }
        var arn = execution.executionArn();
        var number = redrives(execution) + 1;
        var run = RunReference.id(execution.name(), execution.startDate());
        var record = new RecordedRedrive(arn, number, error(execution), stopped(execution), by);
        state.put(StateKeys.redrive(environment.pipeline(), run, number), Json.bytes(record.toJson()));
        try {
            sfn.redriveExecution(request -> request.executionArn(arn).clientToken(Sha256.hex(arn + " " + number)));
            LOG.atInfo().addKeyValue("execution", execution.name()).log("redriven, {} of {}", number, by.times());
        } catch (ExecutionNotRedrivableException e) {
            left(execution, String.valueOf(e.getMessage()));
        }
    }

    private static int redrives(DescribeExecutionResponse execution) {
        return execution.redriveCount() == null ? 0 : execution.redriveCount();
    }

    private static Instant stopped(DescribeExecutionResponse execution) {
        return execution.stopDate() == null ? execution.startDate() : execution.stopDate();
    }
}
