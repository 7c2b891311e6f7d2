/// The functions that people ask for something, where policies about people hold: who they are is verified, and what
/// they may do is decided here. They alone are deployed with Cedar.
@NullMarked
package dev.baton.lambda.people;

import org.jspecify.annotations.NullMarked;
