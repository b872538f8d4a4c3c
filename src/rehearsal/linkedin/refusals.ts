import { replyJson } from '../stand-in.ts';
import type { Reply, StandInRequest } from '../exchange.ts';

/** Months a version is answered (LinkedIn versioning documentation, checked November 2026). */
const versionMonths = 12;

/** The refusal of a request whose headers say no version, a wrong one, or another protocol. */
export function refuseHeaders(request: StandInRequest): Reply | undefined {
  const version = request.headers['linkedin-version'];
  if (request.path.startsWith('/v2/')) {
    return version === undefined ? undefined : refuseVersion(version);
  }
  if (!request.path.startsWith('/rest/')) return undefined;
  if (version === undefined) {
    const message =
      'A version must be present. Please specify a version by adding the LinkedIn-Version header.';
    const reply = refuse(400, message, 'VERSION_MISSING');
    return { ...reply, headers: { ...reply.headers, 'x-restli-gateway-error': 'true' } };
  }
  if (!isActive(version, request.at)) return refuseVersion(version);
  if (request.headers['x-restli-protocol-version'] !== '2.0.0') {
    return refuse(400, 'The X-Restli-Protocol-Version header must be 2.0.0');
  }
  const writes = request.method === 'POST';
  if (writes && !(request.headers['content-type'] ?? '').startsWith('application/json')) {
    return refuse(415, 'Content-Type must be application/json');
  }
  return undefined;
}

function isActive(version: string, at: number): boolean {
  if (!/^20\d\d(0[1-9]|1[0-2])$/.test(version)) return false;
  const now = new Date(at);
  const released = Number(version.slice(0, 4)) * 12 + Number(version.slice(4)) - 1;
  const age = now.getUTCFullYear() * 12 + now.getUTCMonth() - released;
  return age >= 0 && (age < versionMonths || (age === versionMonths && now.getUTCDate() < 15));
}

function refuseVersion(version: string): Reply {
  return refuse(426, `Requested version ${version}01 is not active`, 'NONEXISTENT_VERSION');
}

/** The refusal of a post that is there already. */
export function refuseDuplicate(urn: string): Reply {
  return replyJson(422, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${urn}`,
    errorDetails: {
      inputErrors: [{ description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' }],
    },
    status: 422,
  });
}

/** The refusal of what a member's token may not read. */
export function refuseRead(request: StandInRequest, method: string): Reply {
  const version = request.headers['linkedin-version'] ?? '';
  return replyJson(403, {
    status: 403,
    serviceErrorCode: 100,
    code: 'ACCESS_DENIED',
    message: `Not enough permissions to access: partnerApiPostsExternal.${method}.${version}01`,
  });
}

/** The refusal of a question for a picture, which a member's token may not ask. */
export function refuseImageStatus(): Reply {
  return refuse(
    403,
    'Accessing this image resource is forbidden. Please check your permissions for this resource',
    'ACCESS_DENIED',
  );
}

/** The refusal of a token. */
export function refuseToken(code: string, message: string, serviceErrorCode: number): Reply {
  return replyJson(401, { status: 401, serviceErrorCode, code, message });
}

/** A refusal as the API words it. */
export function refuse(status: number, message: string, code?: string): Reply {
  return replyJson(status, { status, message, ...(code !== undefined && { code }) });
}
