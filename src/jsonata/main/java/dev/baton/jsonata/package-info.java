/// JSONata as Step Functions has it.
@NullMarked
package dev.baton.jsonata;

import org.jspecify.annotations.NullMarked;
