package dev.baton.cdk;

import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.CfnResource;

/// The retention of resources: what stays when its stack goes, or has another one in its place.
final class StackRetention {
    private StackRetention() {}

    /// Keeps a resource, unless what was to make it fails and is taken back: then it would be in the way when that is
    /// tried again. A bucket's name would be taken; and of code that has a version already Lambda publishes no other
    /// one.
    static void on(CfnResource resource) {
        on(resource, CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE);
    }

    /// Keeps a version.
    ///
    /// @param begun whether executions may run on it before everything is there, because it takes over by and by
    static void version(CfnResource version, boolean begun) {
        on(version, begun ? CfnDeletionPolicy.RETAIN : CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE);
    }

    private static void on(CfnResource resource, CfnDeletionPolicy policy) {
        resource.getCfnOptions().setDeletionPolicy(policy);
        resource.getCfnOptions().setUpdateReplacePolicy(CfnDeletionPolicy.RETAIN);
    }
}
