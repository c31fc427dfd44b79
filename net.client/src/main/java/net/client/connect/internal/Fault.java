package net.client.connect.internal;

import net.client.connect.ExchangeException.Kind;

/** The reason why an exchange failed, before it becomes an exception. */
public record Fault(Kind kind, String detail) {}
