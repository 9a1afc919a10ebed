package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes through GRO and then GSO is the same frames, in the same order within each flow. */
class GroPropertyTest {

  private static final int SEEDS = 600;

  @Test
  void groThenGsoGivesTheSameFrames() {
    long merged = 0;
    try (PacketFixture fixture = new PacketFixture(4096, 256, 2048)) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        Run run = new Run(seed, fixture);
        run.traffic();
        run.check();
        fixture.requireAllBack();
        merged += run.gro.merged().get();
      }
    }
    assertThat(merged).as("frames merged in all").isGreaterThan(SEEDS * 20L);
  }

  @Test
  void gsoThenGroGivesThePacketBack() {
    try (PacketFixture f = new PacketFixture()) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        gsoThenGro(f, seed);
        f.requireAllBack();
      }
    }
  }

  private static void gsoThenGro(PacketFixture f, long seed) {
    Random r = new Random(seed);
    FrameSpec spec = RandomFrames.spec(r, false);
    spec.ipOptions = spec.v6 ? spec.ipOptions : new byte[0]; // GRO leaves IPv4 options alone
    spec.flags = FrameSpec.ACK | (r.nextBoolean() ? FrameSpec.PSH : 0);
    spec.flags |= r.nextInt(4) == 0 ? FrameSpec.CWR | FrameSpec.ECE : 0;
    spec.fixedId = !spec.v6 && spec.fragment != 0 && r.nextBoolean();
    int size = 500 + r.nextInt(1000);
    boolean share = r.nextBoolean(); // a segment may then take several fragments
    int max = Math.min((share ? 20 : 45) * size, 65_535 - spec.headerLength());
    spec.payload = RandomFrames.bytes(r, size + 1 + r.nextInt(max - size));
    List<SkBuff> out = new ArrayList<>();
    Gro gro = new Gro(f.cpu, NetFeatures.NONE, out::add);
    SkBuff skb = SkbGsoTest.gso(f, spec, size, r);
    final byte[] before = PacketFixture.bytes(skb);
    final long form = skb.offload();
    SkBuff segment = SkbGso.segment(skb, share ? NetFeatures.SG : NetFeatures.NONE);
    while (segment != null) {
      SkBuff next = segment.next();
      segment.next(null);
      gro.receive(segment);
      segment = next;
    }
    gro.flush();
    assertThat(out).as("seed %d", seed).hasSize(1);
    assertThat(PacketFixture.bytes(out.getFirst())).as("seed %d", seed).isEqualTo(before);
    assertThat(out.getFirst().offload()).as("seed %d", seed).isEqualTo(form);
    out.getFirst().consume();
  }

  /** One seed: flows whose segments interleave, are lost, reordered and damaged. */
  private static final class Run {
    private final long seed;
    private final Random r;
    private final PacketFixture fixture;
    private final List<SkBuff> out = new ArrayList<>();
    private final Map<String, Integer> flowOf = new HashMap<>();
    private final Map<Integer, List<byte[]>> sent = new HashMap<>();
    final Gro gro;

    Run(long seed, PacketFixture fixture) {
      this.seed = seed;
      this.fixture = fixture;
      this.r = new Random(seed);
      this.gro = new Gro(fixture.cpu, r.nextBoolean() ? NetFeatures.GRO_UDP_FWD : 0, out::add);
    }

    void traffic() {
      int flows = 1 + r.nextInt(r.nextInt(8) == 0 ? 100 : 6);
      FrameSpec[] specs = new FrameSpec[flows];
      int[] sizes = new int[flows];
      for (int i = 0; i < flows; i++) {
        specs[i] = RandomFrames.spec(r, r.nextInt(6) == 0);
        specs[i].ipOptions = r.nextInt(3) == 0 ? specs[i].ipOptions : new byte[0];
        specs[i].srcPort = i;
        specs[i].dstHost = i; // so that each frame tells its flow, fragments too
        specs[i].fixedId = r.nextInt(4) == 0;
        specs[i].flags = FrameSpec.ACK;
        sizes[i] = 1 + r.nextInt(1448);
      }
      int bursts = 10 + r.nextInt(60);
      for (int b = 0; b < bursts; b++) {
        int flow = r.nextInt(flows);
        burst(flow, specs[flow], sizes[flow]);
        if (r.nextInt(20) == 0) {
          gro.flush();
        }
      }
      gro.flush();
    }

    private void burst(int flow, FrameSpec spec, int size) {
      int n = 1 + r.nextInt(12);
      for (int i = 0; i < n; i++) {
        FrameSpec s = spec.clone();
        boolean tap = !s.udp && r.nextInt(12) == 0;
        boolean odd = r.nextInt(15) == 0;
        int length = tap ? size * (2 + r.nextInt(3)) + (odd ? 1 : 0) : odd ? r.nextInt(1449) : size;
        s.payload = RandomFrames.bytes(r, length);
        damage(s);
        int apart = s.tags != spec.tags ? 1000 : s.v6 && s.flowLabel != spec.flowLabel ? 2000 : 0;
        if (tap) {
          sendGso(flow + apart, s, size);
        } else {
          send(flow + apart, s);
        }
        if (r.nextInt(25) != 0) { // else the next one is a retransmission
          spec.seq += length;
          spec.id += spec.fixedId ? 0 : tap ? (length + size - 1) / size : 1;
        }
        if (r.nextInt(25) == 0) { // one is lost
          spec.seq += size;
          spec.id += r.nextInt(2);
        }
      }
    }

    private void damage(FrameSpec s) {
      switch (r.nextInt(150)) {
        case 0 -> s.ttl ^= 1;
        case 1 -> s.tos ^= 3;
        case 2 -> s.fragment ^= 0x4000;
        case 3 -> s.fragment = 0x2000;
        case 4 -> s.id += r.nextInt(3);
        case 5 -> s.wrongIpChecksum = true;
        case 6 -> s.csum = FrameSpec.Csum.WRONG;
        case 7 -> s.window++;
        case 8 -> s.ack++;
        case 9 -> s.urgent++;
        case 10 -> s.flags |= FrameSpec.CWR;
        case 11 -> s.flags |= FrameSpec.ECE;
        case 12 -> s.flags |= FrameSpec.URG;
        case 13 -> s.flags |= FrameSpec.SYN;
        case 14 -> s.options = RandomFrames.bytes(r, s.options.length);
        case 15 -> s.fragment |= 0x8000;
        case 16 -> s.seq = r.nextInt();
        case 17, 18, 19 -> s.flags |= FrameSpec.PSH;
        case 20 -> s.flags |= FrameSpec.FIN;
        case 21 -> s.flags |= FrameSpec.PSH | FrameSpec.CWR;
        case 22 -> s.flowLabel ^= 1; // another flow, as is the next
        case 23 -> s.tags = new int[] {0x8100_0fff};
        default -> {}
      }
    }

    private void send(int flow, FrameSpec s) {
      byte[] complete = s.bytes();
      boolean whole = (s.fragment & 0x2000) == 0 || s.v6;
      boolean partial = s.csum == FrameSpec.Csum.COMPLETE && whole && r.nextInt(4) == 0;
      FrameSpec wire = s.clone();
      wire.csum = partial ? FrameSpec.Csum.PSEUDO : s.csum;
      byte[] bytes = wire.bytes();
      SkBuff skb =
          r.nextInt(5) == 0
              ? fixture.fragmented(bytes, r.nextInt(bytes.length), 1448, r)
              : fixture.linear(bytes);
      if (partial) {
        SkbChecksumTest.partial(skb, s);
      } else if (s.csum == FrameSpec.Csum.COMPLETE && r.nextBoolean()) {
        skb.ipSummed(Offload.CSUM_UNNECESSARY);
      }
      expect(flow, complete);
      gro.receive(skb);
    }

    private void sendGso(int flow, FrameSpec s, int size) {
      s.fragment &= 0x4000;
      s.flags &= ~FrameSpec.SYN;
      s.wrongIpChecksum = false;
      s.csum = FrameSpec.Csum.COMPLETE;
      for (byte[] segment : s.segments(size)) {
        expect(flow, segment);
      }
      gro.receive(SkbGsoTest.gso(fixture, s, size, r));
    }

    private void expect(int flow, byte[] frame) {
      sent.computeIfAbsent(flow, k -> new ArrayList<>()).add(frame);
      flowOf.put(HexFormat.of().formatHex(frame), flow);
    }

    void check() {
      Map<Integer, List<byte[]>> got = new HashMap<>();
      for (SkBuff skb : out) {
        if (skb.isGso()) {
          assertThat(skb.len() - 14).isLessThanOrEqualTo(65_535 + 8);
          SkBuff segments = SkbGso.segment(skb, NetFeatures.NONE);
          assertThat(segments).as("seed %d: %s", seed, skb).isNotNull();
          SkbGsoTest.frames(segments).forEach(frame -> collect(got, frame));
          PacketFixture.consumeAll(segments);
        } else {
          assertThat(SkbChecksum.help(skb)).as("seed %d", seed).isTrue();
          collect(got, PacketFixture.bytes(skb));
          skb.consume();
        }
      }
      assertThat(got.keySet()).as("seed %d", seed).isEqualTo(sent.keySet());
      for (Map.Entry<Integer, List<byte[]>> flow : sent.entrySet()) {
        SkbGsoTest.assertFrames(
            got.getOrDefault(flow.getKey(), List.of()),
            flow.getValue(),
            "seed " + seed + " flow " + flow.getKey());
      }
    }

    private void collect(Map<Integer, List<byte[]>> got, byte[] frame) {
      Integer flow = flowOf.get(HexFormat.of().formatHex(frame));
      assertThat(flow).as("seed %d: a frame that nobody sent", seed).isNotNull();
      got.computeIfAbsent(flow, k -> new ArrayList<>()).add(frame);
    }
  }
}
