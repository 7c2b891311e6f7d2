/// The inputs and outputs of the operations of AWS's services, read from AWS's own API descriptions: what an SDK
/// integration of Step Functions may and must say.
@NullMarked
package dev.baton.asl.service;

import org.jspecify.annotations.NullMarked;
