/// An account in this process, deployed to with CDK's own command: CloudFormation over the embedded AWS, and the
/// deployment guide followed line by line.
@org.jspecify.annotations.NullMarked
package dev.baton.cdk.account;
