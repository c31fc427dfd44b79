package net.launcher.server;

import static net.launcher.ServerProbe.count;
import static net.launcher.ServerProbe.read;
import static net.launcher.ServerProbe.tcp;
import static net.launcher.ServerProbe.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.TcpServerConfig;
import net.server.UdpServerConfig;
import net.server.access.AddressFilter;
import net.server.access.AddressSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Options of the servers. */
class ServerOptionsTest {
    private static final Endpoint ENDPOINT = new Endpoint("localhost", 8888);

    @Test
    void nothingIsAskedForByDefault() {
        assertEquals(TcpServerConfig.of(ENDPOINT), tcp());
        UdpServerConfig udp = udp();
        assertEquals(UdpServerConfig.of(ENDPOINT, udp.service()), udp);
        assertEquals(List.of(Service.GREET), read(Transport.TCP, ServerOptions::services));
        assertEquals(List.of(Service.RECEIVE), read(Transport.UDP, ServerOptions::services));
        assertEquals(Long.MAX_VALUE, count());
    }

    @Test
    void eachOptionChangesItsOwnValue() {
        TcpServerConfig all = TcpServerConfig.of(ENDPOINT);
        assertEquals(all.toBuilder().backlog(1).build(), tcp("--backlog=1"));
        assertEquals(all.toBuilder().drain(Duration.ZERO).build(), tcp("--drain", "0"));
        assertEquals(all.toBuilder().drain(Duration.ofMinutes(1)).build(), tcp("--drain=1m"));
        assertEquals(
                all.toBuilder().idleTimeout(Duration.ZERO).build(), tcp("--idle-timeout=none"));
        assertEquals(
                all.toBuilder().idleTimeout(Duration.ofMillis(1)).build(),
                tcp("--idle-timeout=1ms"));
        assertEquals(
                all.toBuilder().sessionTimeout(Duration.ZERO).build(),
                tcp("--session-timeout=none"));
        assertEquals(
                all.toBuilder().sessionTimeout(Duration.ofHours(1)).build(),
                tcp("--session-timeout=60m"));
        assertEquals(all.toBuilder().maxPerSource(1).build(), tcp("--max-per-source=1"));
        assertEquals(Duration.ofMillis(1), tcp("--message-gap=1ms").messageGap());
        assertEquals(Duration.ofSeconds(7), udp("--drain=7").drain());
    }

    @Test
    void limitOfASourceIsThatOfAllUnlessItIsGiven() {
        TcpServerConfig limited = tcp("--max-connections=7");
        assertEquals(7, limited.maxConnections());
        assertEquals(7, limited.maxPerSource());
        assertEquals(3, tcp("--max-connections=7", "--max-per-source=3").maxPerSource());
        assertEquals(10_000, tcp().maxPerSource());
        assertEquals(9, tcp("--max-connections=7", "--max-per-source=9").maxPerSource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "echo", "discard", "chargen"})
    void serviceHasNoSessionTimeoutUnlessItIsGiven(String name) {
        TcpServerConfig config = tcp("--service", name);
        assertEquals(Duration.ZERO, config.sessionTimeout());
        assertEquals(
                Duration.ofSeconds(2),
                tcp("--service", name, "--session-timeout=2").sessionTimeout());
        assertEquals(Service.valueOf(name.toUpperCase(Locale.ROOT)), service(name));
    }

    private Service service(String name) {
        return read(Transport.TCP, ServerOptions::services, "--service", name).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "stamp"})
    void answerRateIsTheServersUnlessGiven(String service) {
        assertEquals(OptionalInt.empty(), udp("--service", service).answerRate());
        for (int rate : new int[] {1, 10_000, Integer.MAX_VALUE}) {
            UdpServerConfig config = udp("--service", service, "--answer-rate=" + rate);
            assertEquals(OptionalInt.of(rate), config.answerRate());
        }
    }

    @Test
    void everybodyIsServedUnlessThereAreRules() throws IOException {
        assertFalse(rules().isGiven());
        assertEquals(AddressFilter.PERMIT_ALL, rules().load());
        assertEquals(AddressFilter.PERMIT_ALL, tcp("--allow=::1").filter());
        AccessRules rules = rules("--deny=10.1.0.0/16", "--allow", "10.0.0.0/8,::1", "--deny=::2");
        assertTrue(rules.isGiven());
        assertEquals(
                new AddressFilter(
                        AddressSet.parse("10.0.0.0/8,::1"), AddressSet.parse("10.1.0.0/16,::2")),
                rules.load());
    }

    private static AccessRules rules(String... args) {
        AccessRules tcp = read(Transport.TCP, ServerOptions::rules, args);
        AccessRules udp = read(Transport.UDP, ServerOptions::rules, args);
        assertEquals(tcp.isGiven(), udp.isGiven());
        return tcp;
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "echo", "discard", "stamp"})
    void servicesOfUdpAreOthers(String name) {
        assertInstanceOf(UdpServerConfig.class, udp("--service=" + name));
    }

    @Test
    void lastOneWins() {
        assertEquals(2, count("--count=1", "-c", "2"));
        assertEquals(3, count("-c1", "--count", "3"));
        assertEquals(Duration.ofSeconds(1), udp("--drain=nonsense", "--drain=1").drain());
        assertEquals(4, tcp("--max-connections=1", "--max-connections=4").maxPerSource());
        List<Service> last =
                read(Transport.TCP, ServerOptions::services, "--service=stamp", "--service=echo");
        assertEquals(List.of(Service.ECHO), last);
        TcpServerConfig config = tcp("--message-gap=2", "--service=echo", "--service=greet");
        assertEquals(Optional.of(Service.GREET), config.builtInService());
        assertEquals(Duration.ofSeconds(2), config.messageGap());
    }

    @Test
    void longestTimesAreTaken() {
        String longest = "9223372036854ms";
        Duration expected = Duration.ofMillis(9_223_372_036_854L);
        TcpServerConfig config =
                tcp(
                        "--idle-timeout=" + longest,
                        "--session-timeout=" + longest,
                        "--message-gap=" + longest,
                        "--drain=" + longest);
        assertEquals(expected, config.idleTimeout());
        assertEquals(expected, config.sessionTimeout());
        assertEquals(expected, config.drain());
        assertEquals(expected, config.messageGap());
    }
}
