/// Compiled pipelines as AWS CDK constructs, and an app that synthesises the stacks of an environment.
@NullMarked
package dev.baton.cdk;

import org.jspecify.annotations.NullMarked;
