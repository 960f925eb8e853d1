// What WebGL is asked for again and again: programs with their variables, numbers in memory, targets.

/** A program, and where its variables are: looked up once, not at each frame. */
export class Program {
  constructor(gl, vertex, fragment, columns) {
    const made = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(made, shader);
    }
    gl.linkProgram(made);
    if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
    Object.assign(this, { gl, made, uniforms: new Map() });
    for (let n = 0; n < gl.getProgramParameter(made, gl.ACTIVE_UNIFORMS); n++) {
      const { name } = gl.getActiveUniform(made, n);
      this.uniforms.set(name, gl.getUniformLocation(made, name));
    }
    this.columns = columns.map(([name, count]) => [gl.getAttribLocation(made, name), count]);
    this.width = columns.reduce((sum, [, count]) => sum + count, 0);
  }

  /** Draw with these values of its uniforms and the numbers of this buffer. */
  use(buffer, values) {
    const { gl } = this;
    gl.useProgram(this.made);
    for (const [name, value] of Object.entries(values)) {
      const place = this.uniforms.get(name);
      if (typeof value === "number") gl.uniform1f(place, value);
      else gl[`uniform${value.length}f`](place, ...value);
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    let at = 0;
    for (const [place, count] of this.columns) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, count, gl.FLOAT, false, this.width * 4, at);
      at += count * 4;
    }
  }
}

/** Numbers of the same width one after the other, in memory that grows. */
export class Writer {
  constructor(width) {
    Object.assign(this, { width, count: 0, room: new Float32Array(1024 * width) });
  }

  add(...numbers) {
    const at = this.count * this.width;
    if (at + this.width > this.room.length) {
      const more = new Float32Array(this.room.length * 2);
      more.set(this.room);
      this.room = more;
    }
    for (let n = 0; n < this.width; n++) this.room[at + n] = numbers[n];
    this.count += 1;
  }

  array() {
    return this.room.subarray(0, this.count * this.width);
  }
}

/** A texture of any size, without the smaller ones that WebGL would want of it; copied point by point. */
export function texture(gl) {
  const made = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, made);
  for (const name of ["TEXTURE_WRAP_S", "TEXTURE_WRAP_T"]) gl.texParameteri(gl.TEXTURE_2D, gl[name], gl.CLAMP_TO_EDGE);
  for (const name of ["TEXTURE_MIN_FILTER", "TEXTURE_MAG_FILTER"]) gl.texParameteri(gl.TEXTURE_2D, gl[name], gl.NEAREST);
  return made;
}

/** Red, green, blue and alpha from 0 to 1 of « #rrggbb ». */
export function channels(colour, alpha) {
  const number = parseInt(colour.slice(1), 16);
  return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255, alpha];
}
