package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.Manifest;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// The retirement of classes, which functions of a pipeline are of classes that it has no more: those that its last
/// complete deployment did not put there. Where CloudFormation holds a function, the next deployment takes it away, and
/// nobody else may.
public final class Retirement {
    private static final String TASK_ROLE = "BATON_TASK_ROLE";

    private final Endpoint endpoint;
    private final @Nullable PipelineSnapshot deployed;

    private Retirement(Endpoint endpoint, @Nullable PipelineSnapshot deployed) {
        this.endpoint = endpoint;
        this.deployed = deployed;
    }

    /// @param pipeline that a deployment may be about to change: then nothing is told of it
    static Retirement of(Endpoint endpoint, String pipeline) {
        var manifests =
                new Manifests(endpoint, DeployedPipeline.of(endpoint, pipeline).stateBucket());
        var manifest = manifests.find(pipeline).filter(found -> !found.stacked());
        return new Retirement(
                endpoint,
                manifests.unfinished(pipeline).isPresent()
                        ? null
                        : manifest.map(Manifest::snapshot).orElse(null));
    }

    /// A function of which nothing is needed, with the roles that were for it alone.
    ///
    /// @param arn of the function, without version
    /// @param roles their ARNs
    public record Gone(String arn, List<String> roles) {
        public Gone {
            roles = List.copyOf(roles);
        }

        /// The ARNs of all that goes.
        public Stream<String> arns() {
            return Stream.concat(Stream.of(arn), roles.stream());
        }

        void remove(Endpoint endpoint) {
            endpoint.lambda().deleteFunction(request -> request.functionName(after(arn, ':')));
            roles.forEach(role -> remove(endpoint, after(role, '/')));
        }

        private static void remove(Endpoint endpoint, String role) {
            var iam = endpoint.iam();
            try {
                iam.listRolePoliciesPaginator(request -> request.roleName(role)).policyNames().stream()
                        .toList()
                        .forEach(policy -> iam.deleteRolePolicy(
                                request -> request.roleName(role).policyName(policy)));
                iam.deleteRole(request -> request.roleName(role));
            } catch (NoSuchEntityException e) {
                // A removal that broke off has been here.
            }
        }
    }

    /// What goes with a function, if its class is no longer the pipeline's.
    Optional<Gone> gone(String function) {
        if (deployed == null || deployed.parts().containsKey(PipelineSnapshot.function(function))) {
            return Optional.empty();
        }
        try {
            return Optional.of(gone(
                    endpoint.lambda().getFunctionConfiguration(request -> request.functionName(function)), deployed));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Gone gone(GetFunctionConfigurationResponse function, PipelineSnapshot deployed) {
        var roles = new ArrayList<String>();
        roles.add(function.role());
        var environment = function.environment();
        if (environment != null && environment.variables().containsKey(TASK_ROLE)) {
            roles.add(environment.variables().get(TASK_ROLE));
        }
        roles.removeIf(role -> deployed.parts().containsKey(PipelineSnapshot.role(after(role, '/'))));
        return new Gone(function.functionArn(), roles);
    }

    private static String after(String arn, char separator) {
        return arn.substring(arn.lastIndexOf(separator) + 1);
    }
}
