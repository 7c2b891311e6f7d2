package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.run.StateKeys;
import dev.baton.run.code.CodeHash;
import dev.baton.run.code.CodeParts;
import software.amazon.awssdk.core.sync.RequestBody;

/// The parts of the codes that were deployed, kept in the state bucket by the hash of each code for as long as the
/// bucket is there: completion records name that hash.
final class DeployedCode {
    private final Endpoint endpoint;
    private final String bucket;

    /// @param bucket the state bucket
    DeployedCode(Endpoint endpoint, String bucket) {
        this.endpoint = endpoint;
        this.bucket = bucket;
    }

    /// Keeps the parts of a pipeline's codes, before a function can write a record of them. What is kept already is
    /// left alone, and no class file is read for it.
    void keep(CompiledPipeline pipeline) {
        for (var function : pipeline.functions()) {
            function.taskClass().ifPresent(this::keep);
        }
    }

    private void keep(Class<?> taskClass) {
        var key = StateKeys.codeParts(taskClass, CodeHash.of(taskClass));
        var found = endpoint.s3()
                .listObjectsV2(request -> request.bucket(bucket).prefix(key).maxKeys(1));
        if (found.contents().isEmpty()) {
            endpoint.s3()
                    .putObject(
                            request -> request.bucket(bucket).key(key).contentType("application/json"),
                            RequestBody.fromBytes(CodeParts.of(taskClass).json()));
        }
    }
}
