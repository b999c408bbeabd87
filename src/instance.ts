/** This process, as leases name it: `host/pid/id`. */
export interface Instance {
  readonly owner: string;
  /** Whether the owner of a lease is certainly gone: a process of this machine that no longer runs. */
  readonly isDead: (owner: string) => boolean;
}

/**
 * Leases of a killed process would keep its work waiting until they run out; a restart on the same machine can know better. Of
 * other machines nothing is known, so their leases run out by themselves.
 */
export function createInstance({
  host,
  pid,
  id,
  isAlive,
}: {
  readonly host: string;
  readonly pid: number;
  /** Unique to this start: process ids come again, in containers always. */
  readonly id: string;
  readonly isAlive: (pid: number) => boolean;
}): Instance {
  const owner = `${host}/${pid}/${id}`;
  return {
    owner,
    isDead: (other) => {
      const [otherHost, otherPid] = other.split("/");
      if (other === owner || otherHost !== host) return false;
      return Number(otherPid) === pid || !isAlive(Number(otherPid));
    },
  };
}
