export interface PushTarget {
  /** `localhost:4566/iris` or `123456789012.dkr.ecr.us-east-1.amazonaws.com/iris`. */
  readonly repositoryUri: string;
  readonly user: string;
  readonly password: string;
  readonly tag: string;
}

export interface Pushed {
  readonly bytesSent: number;
  /** Bytes of layers that the repository had. */
  readonly bytesPresent: number;
}

/** Sends an image to a registry. */
export type Push = (target: PushTarget) => Promise<Pushed>;
