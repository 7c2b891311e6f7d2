/// The expressions of DynamoDB: conditions, updates, projections and conditions on keys, read into values and evaluated
/// against items.
@NullMarked
package dev.baton.local.dynamodb.expression;

import org.jspecify.annotations.NullMarked;
